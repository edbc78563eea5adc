package dev.vibecoder.inngest.processor.internal.graph;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.lint.LintLevel;
import dev.vibecoder.inngest.processor.internal.lint.Report;
import dev.vibecoder.inngest.processor.internal.lint.Syntax;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.IndexFacts;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Finds what is odd in the way events go from function to function. It says nothing of what it
 * cannot know: of events that other systems send or handle it hears from their declaration alone.
 */
public final class EventGraph {
  private final Elements elements;
  private final EventCatalog events;
  private final Bodies bodies;
  private final FunctionFacts facts;
  private final LintLevel level;
  private final List<FunctionNode> functions = new ArrayList<>();
  private final Set<String> declared;

  /**
   * Puts the graph together.
   *
   * @param declared names of the events that this compilation declares
   * @param own the functions of this compilation
   * @param indexes packages that tell of other functions
   */
  public EventGraph(
      Elements elements,
      EventCatalog events,
      Bodies bodies,
      LintLevel level,
      Set<String> declared,
      Collection<FunctionModel> own,
      Set<String> indexes) {
    this.elements = elements;
    this.events = events;
    this.bodies = bodies;
    this.facts = new FunctionFacts(bodies, events);
    this.level = level;
    this.declared = Set.copyOf(declared);
    for (FunctionModel function : own) {
      IndexFacts known = facts.of(function);
      functions.add(
          new FunctionNode(
              function.id(),
              function.source().canonicalName(),
              Set.copyOf(known.handles()),
              Set.copyOf(known.sends()),
              Set.copyOf(known.waits()),
              true,
              known.code()));
    }
    Set<String> compiled =
        own.stream().map(one -> one.source().canonicalName()).collect(Collectors.toSet());
    functions.addAll(new GraphIndex(elements).read(indexes, compiled));
    functions.sort(Comparator.comparing(FunctionNode::id));
  }

  /** The events that each function of this compilation sends, by its id. */
  public Map<String, Set<String>> sends() {
    return functions.stream()
        .filter(FunctionNode::own)
        .collect(Collectors.toMap(FunctionNode::id, FunctionNode::sends, (one, other) -> one));
  }

  /** Reports what is odd. */
  public void check() {
    if (level == LintLevel.OFF || bodies.trees().isEmpty()) {
      return;
    }
    Report report = new Report(bodies.trees().get(), level);
    unhandled(report);
    unsent(report);
    cycles(report);
  }

  /**
   * Events that this module declares and sends, and no function handles. A module without functions
   * sends to others, so nothing is said of it.
   */
  private void unhandled(Report report) {
    if (functions.stream().noneMatch(FunctionNode::own)) {
      return;
    }
    Set<String> told = new HashSet<>();
    mentions(true)
        .forEach(
            (mention, event) -> {
              boolean handled =
                  functions.stream()
                      .anyMatch(one -> one.isStartedBy(event) || one.waits().contains(event));
              if (isInternal(event) && !handled && told.add(event)) {
                report.add(
                    ProblemCode.EVENT_UNHANDLED,
                    mention.path(),
                    Syntax.start(mention.path().getLeaf()),
                    "The event \"" + event + "\" is sent, and no function handles it.",
                    "Write the function, or set external = true on its @InngestEvent if others"
                        + " handle it.");
              }
            });
  }

  /** Events that this module declares and waits for, and nobody sends. */
  private void unsent(Report report) {
    boolean known = bodies.isComplete() && functions.stream().allMatch(FunctionNode::bodies);
    if (!known) {
      return;
    }
    Set<String> sent = new HashSet<>(mentions(true).values());
    functions.forEach(function -> sent.addAll(function.sends()));
    Set<String> told = new HashSet<>();
    mentions(false)
        .forEach(
            (mention, event) -> {
              if (isInternal(event) && !sent.contains(event) && told.add(event)) {
                report.add(
                    ProblemCode.EVENT_NEVER_SENT,
                    mention.path(),
                    Syntax.start(mention.path().getLeaf()),
                    "The event \"" + event + "\" is waited for, and nothing sends it.",
                    "Send it, or set external = true on its @InngestEvent if others send it.");
              }
            });
  }

  /** Whether an event stays within the code that is known: declared here, and not for others. */
  private boolean isInternal(String event) {
    Optional<EventModel> model = events.named(event);
    return declared.contains(event)
        && model
            .map(EventModel::source)
            .map(source -> elements.getTypeElement(source.canonicalName()))
            .filter(source -> !isExternal(source))
            .isPresent();
  }

  private static boolean isExternal(TypeElement source) {
    return Annotation.of(source, "InngestEvent")
        .filter(annotation -> annotation.flag("external"))
        .isPresent();
  }

  /** Where the code names events, in the order of classes and code. */
  private Map<ClassBody.Mention, String> mentions(boolean sends) {
    Map<ClassBody.Mention, String> found = new LinkedHashMap<>();
    bodies
        .all()
        .forEach(
            (type, body) -> {
              for (ClassBody.Mention mention : sends ? body.sends() : body.waits()) {
                facts.event(mention, packageOf(type)).ifPresent(event -> found.put(mention, event));
              }
            });
    return found;
  }

  private String packageOf(String type) {
    TypeElement element = elements.getTypeElement(type);
    return element == null ? "" : elements.getPackageOf(element).getQualifiedName().toString();
  }

  /** Functions that start each other over and over: each circle once, at one of our sends. */
  private void cycles(Report report) {
    Set<FunctionNode> told = new HashSet<>();
    for (FunctionNode function : functions) {
      if (function.own() && !told.contains(function)) {
        List<Hop> circle = circle(function);
        circle.forEach(hop -> told.add(hop.to()));
        if (!circle.isEmpty()) {
          report(circle, function, report);
        }
      }
    }
  }

  /** A function that sends an event which starts another. */
  private record Hop(FunctionNode from, String event, FunctionNode to) {}

  /** The shortest way from a function back to itself, or nothing. */
  private List<Hop> circle(FunctionNode start) {
    Map<FunctionNode, Hop> reached = new HashMap<>();
    Deque<FunctionNode> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty()) {
      FunctionNode at = waiting.remove();
      for (Hop hop : hops(at).toList()) {
        if (reached.putIfAbsent(hop.to(), hop) == null) {
          if (hop.to().equals(start)) {
            return path(start, reached);
          }
          waiting.add(hop.to());
        }
      }
    }
    return List.of();
  }

  private static List<Hop> path(FunctionNode start, Map<FunctionNode, Hop> reached) {
    List<Hop> path = new ArrayList<>();
    FunctionNode at = start;
    do {
      Hop hop = reached.get(at);
      if (hop == null) {
        break;
      }
      path.add(0, hop);
      at = hop.from();
    } while (!at.equals(start));
    return path;
  }

  private Stream<Hop> hops(FunctionNode from) {
    return from.sends().stream()
        .flatMap(
            event ->
                functions.stream()
                    .filter(to -> to.isStartedBy(event))
                    .map(to -> new Hop(from, event, to)));
  }

  private void report(List<Hop> circle, FunctionNode function, Report report) {
    StringBuilder path = new StringBuilder(function.id());
    circle.forEach(
        hop -> path.append(" -> ").append(hop.event()).append(" -> ").append(hop.to().id()));
    String event = circle.get(0).event();
    mentions(function.source()).entrySet().stream()
        .filter(mention -> mention.getValue().equals(event))
        .findFirst()
        .ifPresent(
            mention ->
                report.add(
                    ProblemCode.EVENT_CYCLE,
                    mention.getKey().path(),
                    Syntax.start(mention.getKey().path().getLeaf()),
                    "Sending \"" + event + "\" here starts a circle: " + path + ".",
                    "Make sure that it ends, and say so with"
                        + " @SuppressWarnings(\"inngest:event-cycle\")."));
  }

  private Map<ClassBody.Mention, String> mentions(String source) {
    Map<ClassBody.Mention, String> found = new LinkedHashMap<>();
    bodies
        .of(source)
        .ifPresent(
            body ->
                body.sends()
                    .forEach(
                        mention ->
                            facts
                                .event(mention, packageOf(source))
                                .ifPresent(event -> found.put(mention, event))));
    return found;
  }
}
