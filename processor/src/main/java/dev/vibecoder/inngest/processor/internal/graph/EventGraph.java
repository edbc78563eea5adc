package dev.vibecoder.inngest.processor.internal.graph;

import dev.vibecoder.inngest.processor.internal.body.Bodies;
import dev.vibecoder.inngest.processor.internal.body.EventFacts;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.lint.LintLevel;
import dev.vibecoder.inngest.processor.internal.model.IndexFacts;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Finds what is odd in the way events go from function to function. It says nothing of what it
 * cannot know: of events that other systems send or handle it hears from their declaration alone.
 * All is told at declarations, which incremental builds see as well.
 */
public final class EventGraph {
  private final Elements elements;
  private final EventCatalog events;
  private final Bodies bodies;
  private final Problems problems;
  private final LintLevel level;
  private final List<FunctionNode> functions = new ArrayList<>();

  /** Makes a graph without functions. */
  public EventGraph(
      Elements elements, EventCatalog events, Bodies bodies, Problems problems, LintLevel level) {
    this.elements = elements;
    this.events = events;
    this.bodies = bodies;
    this.problems = problems;
    this.level = level;
  }

  /** Adds a function of this compilation. */
  public void add(String id, String source, IndexFacts facts) {
    functions.add(new FunctionNode(id, source, facts, true));
  }

  /**
   * Adds the functions of other jars.
   *
   * @param indexes packages that tell of them
   */
  public void addOthers(Set<String> indexes) {
    Set<String> own =
        functions.stream()
            .map(FunctionNode::source)
            .collect(java.util.stream.Collectors.toUnmodifiableSet());
    functions.addAll(new GraphIndex(elements).read(indexes, own));
    functions.sort(Comparator.comparing(FunctionNode::id));
  }

  /**
   * Reports what is odd.
   *
   * @param declared the annotated classes of the events that this compilation declares, by name
   */
  public void check(SortedMap<String, TypeElement> declared) {
    // A module without functions sends to others, and others send to it.
    if (level == LintLevel.OFF || functions.stream().noneMatch(FunctionNode::own)) {
      return;
    }
    SortedMap<String, EventFacts> code = code();
    declared.forEach(
        (event, source) -> {
          Optional<Annotation> annotation =
              Annotation.of(source, "InngestEvent").filter(one -> !one.flag("external"));
          if (annotation.isPresent()) {
            unhandled(event, annotation.get(), code);
            unsent(event, annotation.get(), code);
          }
        });
    for (List<Circles.Hop> circle : Circles.of(functions)) {
      report(circle);
    }
  }

  /** What the classes of the module say, by their names. */
  private SortedMap<String, EventFacts> code() {
    SortedMap<String, EventFacts> code = new TreeMap<>();
    bodies
        .all()
        .forEach(
            (type, body) -> {
              String packageName = type.substring(0, Math.max(0, type.lastIndexOf('.')));
              code.put(type.replace('$', '.'), EventFacts.of(List.of(body), events, packageName));
            });
    return code;
  }

  private void unhandled(String event, Annotation at, Map<String, EventFacts> code) {
    boolean handled =
        functions.stream().anyMatch(one -> one.handles(event))
            || code.values().stream()
                .anyMatch(
                    one -> one.waits().contains(event) || one.waits().contains(EventFacts.ANY));
    if (!handled) {
      code.entrySet().stream()
          .filter(one -> one.getValue().sends().contains(event))
          .findFirst()
          .ifPresent(
              sender ->
                  problems.add(
                      level.kind(),
                      ProblemCode.EVENT_UNHANDLED,
                      at.at("value"),
                      sender.getKey() + " sends \"" + event + "\", and no function handles it.",
                      "Write the function, or set external = true here if others handle it."));
    }
  }

  private void unsent(String event, Annotation at, Map<String, EventFacts> code) {
    boolean sent =
        functions.stream().anyMatch(one -> one.maySend(event))
            || code.values().stream()
                .anyMatch(
                    one -> one.sends().contains(event) || one.sends().contains(EventFacts.ANY));
    if (!sent) {
      code.entrySet().stream()
          .filter(one -> one.getValue().waits().contains(event))
          .findFirst()
          .ifPresent(
              waiting ->
                  problems.add(
                      level.kind(),
                      ProblemCode.EVENT_NEVER_SENT,
                      at.at("value"),
                      waiting.getKey() + " waits for \"" + event + "\", and nothing sends it.",
                      "Send it, or set external = true here if others send it."));
    }
  }

  /** A circle is told where its first function is declared, if that says that it is not meant. */
  private void report(List<Circles.Hop> circle) {
    FunctionNode first = circle.get(0).from();
    TypeElement type = elements.getTypeElement(first.source());
    if (type == null || !bodies.hasSource(type) || Meant.isMeant(ProblemCode.EVENT_CYCLE, type)) {
      return;
    }
    StringBuilder path = new StringBuilder(first.id());
    circle.forEach(
        hop -> path.append(" -> ").append(hop.event()).append(" -> ").append(hop.to().id()));
    Annotation.of(type, "InngestFunction")
        .ifPresent(
            annotation ->
                problems.add(
                    level.kind(),
                    ProblemCode.EVENT_CYCLE,
                    annotation.at("id"),
                    "Runs of \"" + first.id() + "\" start each other in a circle: " + path + ".",
                    "Make sure that it ends, and say so with"
                        + " @SuppressWarnings(\"inngest:event-cycle\") on the class."));
  }
}
