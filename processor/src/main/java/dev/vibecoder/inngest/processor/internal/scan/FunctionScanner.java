package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FlowModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionModel;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import dev.vibecoder.inngest.processor.internal.model.Parameter;
import dev.vibecoder.inngest.processor.internal.validate.ClassRules;
import dev.vibecoder.inngest.processor.internal.validate.EventRules;
import dev.vibecoder.inngest.processor.internal.validate.FunctionIds;
import dev.vibecoder.inngest.processor.internal.validate.JsonTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads function classes: what is right with them becomes the model, what is wrong a problem. */
public final class FunctionScanner {
  private static final ClassName JSON_NODE =
      ClassName.get("com.fasterxml.jackson.databind", "JsonNode");
  private static final ClassName JSON_EVENT = ClassName.get("dev.vibecoder.inngest", "JsonEvent");
  private static final int MAX_RETRIES = 20;
  private static final int MAX_TRIGGERS = 10;

  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final EventCatalog events;
  private final FunctionIds ids;
  private final Set<String> reported;
  private final TypeAccess access;

  /**
   * Makes a scanner.
   *
   * @param reported classes whose steps were complained about where they are declared
   */
  public FunctionScanner(
      Elements elements,
      Types types,
      Problems problems,
      EventCatalog events,
      FunctionIds ids,
      Set<String> reported) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.events = events;
    this.ids = ids;
    this.reported = reported;
    this.access = new TypeAccess(elements);
  }

  /** The names of the events that start a function, as they were written. */
  public static List<Annotation.Text> triggerNames(Annotation annotation) {
    return annotation.texts("event");
  }

  /** The class that is generated for an annotated one. */
  public static ClassName generated(ClassName source) {
    return ClassName.get(source.packageName(), String.join("", source.simpleNames()) + "Function");
  }

  /**
   * Reads one annotated type.
   *
   * @param complete whether all is there that it names; else it is broken whatever is found
   */
  public FunctionModel scan(TypeElement type, Annotation annotation, boolean complete) {
    long before = problems.errors();
    ClassName source = ClassName.get(type);
    TypeNames names = new TypeNames(events, access, source.packageName());
    EntryRules entries = new EntryRules(problems, names, types, elements);
    Members members = new Members(elements, type);

    String id = annotation.rawText("id");
    if (annotation.has("id")) {
      boolean handlesFailure = !members.annotated("OnFailure").isEmpty();
      ids.check(id, source.canonicalName(), handlesFailure, annotation.at("id"));
    }
    boolean fit = ClassRules.check(type, problems);
    Optional<ExecutableElement> constructor =
        fit ? ClassRules.constructor(type, problems) : usableConstructor(type);
    if (fit) {
      constructor.ifPresent(method -> entries.constructor(type, method));
    }
    List<EventModel> triggers = triggers(annotation, type);
    Integer retries = retries(annotation, -1);
    boolean isClass = type.getKind() == ElementKind.CLASS;
    Code code = isClass ? code(type, annotation, members, names, triggers) : Code.NONE;
    return new FunctionModel(
        id,
        annotation.rawText("name"),
        source,
        generated(source),
        triggers,
        retries == null || retries < 0 ? null : retries,
        constructor.map(method -> parameters(method, names)).orElse(List.of()),
        code.steps().stream().map(StepScanner.Step::model).toList(),
        code.handler(),
        code.flow(),
        code.failure(),
        Math.max(0, code.failureRetries()),
        inputs(triggers),
        input(triggers, names),
        code.result().map(names::of).orElse(null),
        members(type),
        Members.nestedTypes(type),
        isVisible(triggers, code.result(), names),
        isDeprecated(triggers, constructor, code),
        !complete
            || problems.errors() > before
            || triggerNames(annotation).stream().anyMatch(name -> events.isBroken(name.value())));
  }

  /**
   * What a class does.
   *
   * @param result type of what it returns, empty for nothing
   */
  private record Code(
      List<StepScanner.Step> steps,
      @Nullable Call handler,
      FlowModel flow,
      @Nullable Call failure,
      int failureRetries,
      Optional<TypeMirror> result) {
    static final Code NONE = new Code(List.of(), null, FlowModel.NONE, null, 0, Optional.empty());
  }

  private Code code(
      TypeElement type,
      Annotation annotation,
      Members members,
      TypeNames names,
      List<EventModel> triggers) {
    ClassRules.state(type, members.fields(), problems);
    members.dropped().forEach(dropped -> dropped(type, dropped));
    List<StepScanner.Step> steps =
        new StepScanner(elements, types, problems, type, names, reported).scan(members);
    Entries entries = new Entries(type, names);
    Optional<Signature> handler = entries.handler(members, annotation);
    Optional<Signature> failure = entries.failure(members);
    Optional<TypeMirror> result =
        handler
            .map(Signature::result)
            .or(() -> members.resultStep().map(step -> Signature.of(types, type, step).result()))
            .filter(mirror -> mirror.getKind() != TypeKind.VOID);

    // What is wrong with an event is not told again for each parameter.
    boolean bindable =
        !triggers.isEmpty()
            && triggerNames(annotation).size() == triggers.size()
            && triggers.stream().noneMatch(event -> events.isBroken(event.name()));
    ParameterBinder binder =
        new ParameterBinder(elements, types, problems, names, inputs(triggers));
    FlowScanner flow =
        new FlowScanner(
            annotation,
            members,
            problems,
            names,
            handler.isPresent(),
            new StepBinder(types, problems, names, binder));
    return new Code(
        steps,
        handler.filter(any -> bindable).map(one -> call(one, names, binder::handler)).orElse(null),
        flow.scan(steps, bindable),
        failure.filter(any -> bindable).map(one -> call(one, names, binder::failure)).orElse(null),
        failure
            .flatMap(one -> Annotation.of(one.method(), "OnFailure"))
            .map(onFailure -> retries(onFailure, 0))
            .orElse(0),
        result);
  }

  private void dropped(TypeElement type, Members.Dropped dropped) {
    boolean own = type.equals(dropped.overrider().getEnclosingElement());
    problems.add(
        ProblemCode.ANNOTATION_DROPPED,
        Location.of(own ? dropped.overrider() : type),
        "The method "
            + dropped.overrider().getSimpleName()
            + " overrides one of "
            + dropped.overridden().getEnclosingElement()
            + " that is annotated with @"
            + dropped.annotation()
            + ", and is not annotated itself.",
        "Repeat @"
            + dropped.annotation()
            + ": a method does not inherit the annotations of the one it overrides.");
  }

  private static Optional<ExecutableElement> usableConstructor(TypeElement type) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .filter(constructor -> !constructor.getModifiers().contains(Modifier.PRIVATE))
        .findFirst();
  }

  private static Inputs inputs(List<EventModel> triggers) {
    if (triggers.size() != 1) {
      return Inputs.UNKNOWN;
    }
    EventModel trigger = triggers.get(0);
    return new Inputs(
        trigger.isPattern() ? JSON_EVENT : trigger.type(),
        trigger.payload(),
        trigger.source(),
        false,
        false);
  }

  private static TypeName input(List<EventModel> triggers, TypeNames names) {
    if (triggers.size() != 1) {
      return JSON_NODE;
    }
    EventModel trigger = triggers.get(0);
    boolean nameable =
        trigger.visible() || trigger.type().packageName().equals(names.fromPackage());
    return nameable ? trigger.payload() : ClassName.OBJECT;
  }

  private boolean isVisible(
      List<EventModel> triggers, Optional<TypeMirror> result, TypeNames names) {
    return result
            .filter(
                mirror ->
                    !access.isPublic(mirror)
                        || TypeParts.of(mirror)
                            .flatMap(part -> names.event(part).stream())
                            .anyMatch(event -> !event.visible()))
            .isEmpty()
        && triggers.stream().allMatch(EventModel::visible);
  }

  private boolean isDeprecated(
      List<EventModel> triggers, Optional<ExecutableElement> constructor, Code code) {
    return triggers.stream().anyMatch(EventModel::deprecated)
        || constructor.filter(this::isDeprecated).isPresent()
        || code.steps().stream().anyMatch(step -> isDeprecated(step.signature().method()))
        || code.result().filter(access::isDeprecated).isPresent();
  }

  private boolean isDeprecated(ExecutableElement method) {
    return access.isDeprecated(method)
        || access.isDeprecated(method.getReturnType())
        || method.getParameters().stream()
            .anyMatch(parameter -> access.isDeprecated(parameter.asType()))
        || method.getThrownTypes().stream().anyMatch(access::isDeprecated);
  }

  private Set<String> members(TypeElement type) {
    Set<String> names = new TreeSet<>();
    ElementFilter.methodsIn(elements.getAllMembers(type))
        .forEach(method -> names.add(method.getSimpleName().toString()));
    return names;
  }

  private List<EventModel> triggers(Annotation annotation, TypeElement type) {
    List<Annotation.Text> written = triggerNames(annotation);
    if (written.isEmpty() && !annotation.isUnresolved()) {
      problems.add(
          ProblemCode.NO_TRIGGER,
          Location.of(annotation.element(), annotation.mirror()),
          "The function has no event that starts it.",
          "Set event, as in event = \"shop/order.placed\".");
    }
    if (written.size() > MAX_TRIGGERS) {
      problems.add(
          ProblemCode.TRIGGER_COUNT,
          annotation.at("event"),
          "The function has " + written.size() + " events; the server takes " + MAX_TRIGGERS + ".",
          "Use a pattern such as shop/*, or several functions.");
    }
    List<EventModel> triggers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Annotation.Text name : written) {
      if (EventRules.checkTrigger(name.value(), name.location(), problems)) {
        if (!seen.add(name.value())) {
          problems.add(
              ProblemCode.TRIGGER_COUNT,
              name.location(),
              "The event \"" + name.value() + "\" is named twice.",
              "Remove one of them.");
        } else {
          events.named(name.value()).ifPresent(triggers::add);
          rival(name);
          hidden(name, type);
        }
      }
    }
    return triggers;
  }

  private @Nullable Integer retries(Annotation annotation, int otherwise) {
    int retries = annotation.number("retries", otherwise);
    if (retries < otherwise || retries > MAX_RETRIES) {
      problems.add(
          ProblemCode.RETRIES,
          annotation.at("retries"),
          "retries is " + retries + ".",
          "The server takes 0 to " + MAX_RETRIES + ".");
    }
    return retries;
  }

  private void rival(Annotation.Text name) {
    Optional<EventModel> one = events.named(name.value());
    Optional<EventModel> other = events.rival(name.value());
    if (one.isPresent() && one.get().external() && other.isPresent()) {
      problems.add(
          ProblemCode.DUPLICATE_EVENT,
          name.location(),
          "The event \""
              + name.value()
              + "\" has two payload classes: "
              + one.get().source()
              + " and "
              + other.get().source()
              + ", in other jars.",
          "Give each event one payload class.");
    }
  }

  private void hidden(Annotation.Text name, TypeElement type) {
    events
        .named(name.value())
        .filter(event -> !event.visible() && !events.isBroken(event.name()))
        .filter(
            event ->
                !elements
                    .getPackageOf(type)
                    .getQualifiedName()
                    .contentEquals(event.type().packageName()))
        .ifPresent(
            event ->
                problems.add(
                    ProblemCode.TYPE_ACCESS,
                    name.location(),
                    "The payload of \""
                        + name.value()
                        + "\", "
                        + event.source()
                        + ", is not public, and in another package.",
                    "Make it public: generated code of the function names it."));
  }

  /** Reads the handlers of one class. */
  private final class Entries {
    private final TypeElement type;
    private final EntryRules rules;
    private final JsonTypes json = new JsonTypes(types, elements);

    Entries(TypeElement type, TypeNames names) {
      this.type = type;
      this.rules = new EntryRules(problems, names, types, elements);
    }

    Optional<Signature> handler(Members members, Annotation annotation) {
      List<ExecutableElement> handlers = members.annotated("Handler");
      if (handlers.size() > 1) {
        problems.add(
            ProblemCode.TWO_HANDLERS,
            here(handlers.get(1)),
            "The function has a second handler, " + handlers.get(1).getSimpleName() + ".",
            "Leave @Handler on one method.");
      }
      if (handlers.isEmpty() && members.annotated("Step").isEmpty()) {
        problems.add(
            ProblemCode.FUNCTION_EMPTY,
            Location.of(annotation.element(), annotation.mirror()),
            "The function has neither a handler nor a step.",
            "Annotate methods with @Step, or one with @Handler.");
      }
      handlers.stream().filter(method -> check(method, "The handler")).forEach(this::checkResult);
      return handlers.stream().findFirst().map(this::signature);
    }

    Optional<Signature> failure(Members members) {
      List<ExecutableElement> handlers = members.annotated("OnFailure");
      if (handlers.size() > 1) {
        problems.add(
            ProblemCode.ON_FAILURE,
            here(handlers.get(1)),
            "The function has a second failure handler, " + handlers.get(1).getSimpleName() + ".",
            "Leave @OnFailure on one method.");
      }
      handlers.stream()
          .filter(method -> Annotation.of(method, "Handler").isEmpty())
          .forEach(method -> check(method, "The failure handler"));
      return handlers.stream().findFirst().map(this::signature);
    }

    private Signature signature(ExecutableElement method) {
      return Signature.of(types, type, method);
    }

    private Location here(ExecutableElement method) {
      return Location.of(type.equals(method.getEnclosingElement()) ? method : type);
    }

    private boolean check(ExecutableElement method, String subject) {
      Location here = here(method);
      boolean failure = Annotation.of(method, "OnFailure").isPresent();
      if (Annotation.of(method, "Step").isPresent()) {
        problems.add(
            ProblemCode.HANDLER_METHOD,
            here,
            "The method " + method.getSimpleName() + " is both a step and a handler.",
            "A handler calls steps; leave one of the two annotations.");
        return false;
      }
      if (failure && Annotation.of(method, "Handler").isPresent()) {
        problems.add(
            ProblemCode.HANDLER_METHOD,
            here,
            "The method "
                + method.getSimpleName()
                + " is both the handler and the failure handler.",
            "They are two functions; leave one of the two annotations.");
        return false;
      }
      if (method.getModifiers().contains(Modifier.PRIVATE)
          || method.getModifiers().contains(Modifier.STATIC)
          || !method.getTypeParameters().isEmpty()) {
        problems.add(
            ProblemCode.HANDLER_METHOD,
            here,
            "The method " + method.getSimpleName() + " is private, static or generic.",
            "Make it an instance method that is at least package-private, without type parameters.");
        return false;
      }
      return isReachable(method, here)
          && rules.throwsWhatCanBeThrown(
              signature(method), here, subject, ProblemCode.HANDLER_METHOD)
          && rules.namesWhatCanBeNamed(signature(method), here, subject);
    }

    private boolean isReachable(ExecutableElement method, Location here) {
      boolean foreign = !elements.getPackageOf(method).equals(elements.getPackageOf(type));
      if (foreign && !method.getModifiers().contains(Modifier.PUBLIC)) {
        problems.add(
            ProblemCode.HANDLER_METHOD,
            here,
            "The method "
                + method.getSimpleName()
                + " is inherited from "
                + method.getEnclosingElement()
                + " in another package, where it is not public.",
            "Make it public: generated code in the package of the function calls it.");
        return false;
      }
      return true;
    }

    private void checkResult(ExecutableElement method) {
      json.problem(signature(method).result())
          .ifPresent(
              path ->
                  problems.add(
                      ProblemCode.FUNCTION_RESULT,
                      here(method),
                      "The result of the handler "
                          + method.getSimpleName()
                          + " cannot be kept as JSON: "
                          + path
                          + ".",
                      "Return a record, or another type that Jackson can write and read."));
    }
  }

  static Call call(
      Signature signature, TypeNames names, Function<Signature.Input, Optional<Argument>> binding) {
    List<Argument> arguments = new ArrayList<>();
    signature.inputs().forEach(input -> binding.apply(input).ifPresent(arguments::add));
    return new Call(
        signature.name(),
        arguments,
        signature.result().getKind() == TypeKind.VOID ? null : names.of(signature.result()),
        signature.thrown().stream().map(names::of).toList());
  }

  private static List<Parameter> parameters(ExecutableElement method, TypeNames names) {
    return method.getParameters().stream()
        .map(
            parameter ->
                new Parameter(
                    parameter.getSimpleName().toString(), names.signature(parameter.asType())))
        .toList();
  }
}
