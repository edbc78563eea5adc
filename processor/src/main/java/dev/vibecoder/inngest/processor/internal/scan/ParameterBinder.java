package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds what the parameters of steps and handlers are handed. Never by type alone. */
final class ParameterBinder {
  private static final String ROOT = "dev.vibecoder.inngest.";

  private final Elements elements;
  private final Types types;
  private final Problems problems;
  private final TypeNames names;
  private final List<EventModel> triggers;

  ParameterBinder(
      Elements elements,
      Types types,
      Problems problems,
      TypeNames names,
      List<EventModel> triggers) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.names = names;
    this.triggers = triggers;
  }

  /** One thing a parameter could mean, and how it is told to the user. */
  private record Candidate(Argument argument, String description) {}

  /** What a parameter of a handler is handed. */
  Optional<Argument> handler(VariableElement parameter) {
    Optional<Argument> known = known(parameter.asType());
    if (known.isPresent()) {
      return known;
    }
    if (isRuntime(parameter.asType(), "Steps")) {
      return Optional.of(Argument.Known.STEPS);
    }
    problems.add(
        ProblemCode.HANDLER_PARAMETER,
        Location.of(parameter),
        "The handler cannot be handed "
            + parameter.asType()
            + " "
            + parameter.getSimpleName()
            + ".",
        "It takes " + handlerKnows() + "; anything else is given to the constructor.");
    return Optional.empty();
  }

  /** What a parameter of a failure handler is handed. */
  Optional<Argument> failure(VariableElement parameter) {
    TypeMirror type = parameter.asType();
    if (isRuntime(type, "FunctionFailure")) {
      List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
      boolean fits =
          arguments.size() == 1
              && (triggers.size() == 1
                  ? names.event(arguments.get(0)).filter(triggers.get(0)::equals).isPresent()
                      || isJsonEvent(arguments.get(0))
                  : isAnyEvent(arguments.get(0)));
      if (fits) {
        return Optional.of(Argument.Known.FAILURE);
      }
    } else if (isRuntime(type, "Steps")) {
      return Optional.of(Argument.Known.STEPS);
    } else if (isRuntime(type, "FunctionContext")) {
      return Optional.of(Argument.Known.CONTEXT);
    }
    problems.add(
        ProblemCode.ON_FAILURE,
        Location.of(parameter),
        "The failure handler cannot be handed " + type + " " + parameter.getSimpleName() + ".",
        "It takes FunctionFailure<" + eventName() + ">, Steps and FunctionContext.");
    return Optional.empty();
  }

  /**
   * What a parameter of a step of a declarative function is handed.
   *
   * @param steps all steps in order
   * @param index which of them the parameter belongs to
   */
  Optional<Argument> step(VariableElement parameter, List<StepScanner.Step> steps, int index) {
    Optional<Annotation> from = Annotation.of(parameter, "From");
    if (from.isPresent()) {
      return fromStep(parameter, from.get(), steps, index);
    }
    Map<String, ExecutableElement> components = components();
    Optional<Annotation> fromEvent = Annotation.of(parameter, "FromEvent");
    if (fromEvent.isPresent()) {
      return fromEvent(parameter, fromEvent.get(), components);
    }
    Optional<Argument> known = known(parameter.asType());
    if (known.isPresent()) {
      return known;
    }
    List<Candidate> candidates = candidates(parameter, steps, index, components);
    if (candidates.size() == 1) {
      return Optional.of(candidates.get(0).argument());
    }
    if (candidates.isEmpty()) {
      unbound(parameter, steps, index, components);
    } else {
      problems.add(
          ProblemCode.AMBIGUOUS_PARAMETER,
          Location.of(parameter),
          "The parameter "
              + parameter.getSimpleName()
              + " could be "
              + String.join(" or ", candidates.stream().map(Candidate::description).toList())
              + ".",
          "Say which: @From(\"<step>\") for the step, @FromEvent for the event's component.");
    }
    return Optional.empty();
  }

  private Optional<Argument> known(TypeMirror type) {
    if (isRuntime(type, "FunctionContext")) {
      return Optional.of(Argument.Known.CONTEXT);
    }
    if (triggers.size() == 1) {
      EventModel trigger = triggers.get(0);
      if (names.event(type).filter(trigger::equals).isPresent()) {
        return Optional.of(Argument.Known.EVENT);
      }
      if (trigger.source() != null && names.of(type).equals(trigger.payload())) {
        return Optional.of(Argument.Known.PAYLOAD);
      }
      boolean pattern = trigger.name().endsWith("*");
      return pattern && isJsonEvent(type) ? Optional.of(Argument.Known.EVENT) : Optional.empty();
    }
    return triggers.size() > 1 && isAnyEventType(type)
        ? Optional.of(Argument.Known.EVENT)
        : Optional.empty();
  }

  private List<Candidate> candidates(
      VariableElement parameter,
      List<StepScanner.Step> steps,
      int index,
      Map<String, ExecutableElement> components) {
    String name = parameter.getSimpleName().toString();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < index; i++) {
      StepScanner.Step step = steps.get(i);
      if (isNamed(step, name) && fits(step.method().getReturnType(), parameter.asType())) {
        candidates.add(
            new Candidate(
                new Argument.StepResult(step.model().method()),
                "the result of step " + step.model().method()));
      }
    }
    ExecutableElement component = components.get(name);
    if (component != null && fits(component.getReturnType(), parameter.asType())) {
      candidates.add(
          new Candidate(
              new Argument.Component(component.getSimpleName().toString()),
              "the event's component " + name));
    }
    return candidates;
  }

  private Optional<Argument> fromStep(
      VariableElement parameter, Annotation from, List<StepScanner.Step> steps, int index) {
    String id = from.rawText("value");
    for (int i = 0; i < steps.size(); i++) {
      StepScanner.Step step = steps.get(i);
      if (step.model().id().equals(id)) {
        String problem = null;
        if (i >= index) {
          problem = "Step \"" + id + "\" comes later.";
        } else if (!fits(step.method().getReturnType(), parameter.asType())) {
          problem =
              "Step \""
                  + id
                  + "\" gives "
                  + step.method().getReturnType()
                  + ", not "
                  + parameter.asType()
                  + ".";
        }
        if (problem == null) {
          return Optional.of(new Argument.StepResult(step.model().method()));
        }
        problems.add(
            ProblemCode.UNBOUND_PARAMETER,
            from.at("value"),
            problem,
            "Name an earlier step whose result fits.");
        return Optional.empty();
      }
    }
    List<String> ids = steps.subList(0, index).stream().map(step -> step.model().id()).toList();
    problems.add(
        ProblemCode.UNBOUND_PARAMETER,
        from.at("value"),
        "There is no step \"" + id + "\".",
        DidYouMean.sentence(id, ids) + earlier(ids));
    return Optional.empty();
  }

  private static String earlier(List<String> ids) {
    return ids.isEmpty()
        ? "This is the first step."
        : "Earlier steps are " + String.join(", ", ids) + ".";
  }

  private Optional<Argument> fromEvent(
      VariableElement parameter, Annotation from, Map<String, ExecutableElement> components) {
    String name = from.text("value").orElse(parameter.getSimpleName().toString());
    ExecutableElement component = components.get(name);
    if (component != null && fits(component.getReturnType(), parameter.asType())) {
      return Optional.of(new Argument.Component(component.getSimpleName().toString()));
    }
    problems.add(
        ProblemCode.UNBOUND_PARAMETER,
        from.at("value"),
        component == null
            ? "The event's payload has no component \"" + name + "\"."
            : "The event's component \""
                + name
                + "\" is "
                + component.getReturnType()
                + ", not "
                + parameter.asType()
                + ".",
        DidYouMean.sentence(name, components.keySet())
            + "Components are "
            + String.join(", ", components.keySet())
            + ".");
    return Optional.empty();
  }

  private void unbound(
      VariableElement parameter,
      List<StepScanner.Step> steps,
      int index,
      Map<String, ExecutableElement> components) {
    String name = parameter.getSimpleName().toString();
    String fact = "Nothing can be handed to the parameter " + parameter.asType() + " " + name + ".";
    for (int i = 0; i < steps.size(); i++) {
      StepScanner.Step step = steps.get(i);
      if (isNamed(step, name)) {
        fact =
            i >= index
                ? "The parameter " + name + " names a step that has not run yet."
                : "Step "
                    + name
                    + " gives "
                    + step.method().getReturnType()
                    + ", not "
                    + parameter.asType()
                    + ".";
      }
    }
    ExecutableElement component = components.get(name);
    if (component != null) {
      fact =
          "The event's component "
              + name
              + " is "
              + component.getReturnType()
              + ", not "
              + parameter.asType()
              + ".";
    }
    List<String> known = new ArrayList<>();
    steps.subList(0, index).stream()
        .filter(step -> step.model().result() != null)
        .forEach(step -> known.add(step.model().method()));
    known.addAll(components.keySet());
    problems.add(
        ProblemCode.UNBOUND_PARAMETER,
        Location.of(parameter),
        fact,
        DidYouMean.sentence(name, known)
            + "A step takes "
            + stepKnows()
            + (known.isEmpty() ? "" : ", and by their names: " + String.join(", ", known))
            + ".");
  }

  private static boolean isNamed(StepScanner.Step step, String name) {
    return step.model().method().equals(name) || step.model().id().equals(name);
  }

  private boolean fits(TypeMirror given, TypeMirror wanted) {
    if (given.getKind() == TypeKind.VOID) {
      return false;
    }
    if (given.getKind() == TypeKind.ERROR || wanted.getKind() == TypeKind.ERROR) {
      return names.of(given).equals(names.of(wanted));
    }
    return types.isAssignable(given, wanted);
  }

  /** The components of the payload by name; for classes, what their getters give. */
  private Map<String, ExecutableElement> components() {
    Map<String, ExecutableElement> components = new LinkedHashMap<>();
    TypeElement payload = payload();
    if (payload == null) {
      return components;
    }
    if (payload.getKind() == ElementKind.RECORD) {
      payload
          .getRecordComponents()
          .forEach(
              component ->
                  components.put(component.getSimpleName().toString(), component.getAccessor()));
      return components;
    }
    for (ExecutableElement method : ElementFilter.methodsIn(payload.getEnclosedElements())) {
      String name = method.getSimpleName().toString();
      boolean getter =
          method.getParameters().isEmpty()
              && name.startsWith("get")
              && name.length() > 3
              && !method.getModifiers().contains(Modifier.PRIVATE)
              && !method.getModifiers().contains(Modifier.STATIC);
      if (getter) {
        components.put(Character.toLowerCase(name.charAt(3)) + name.substring(4), method);
      }
    }
    return components;
  }

  private @Nullable TypeElement payload() {
    if (triggers.size() != 1) {
      return null;
    }
    ClassName source = triggers.get(0).source();
    return source == null ? null : elements.getTypeElement(source.canonicalName());
  }

  private boolean isRuntime(TypeMirror type, String simpleName) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(ROOT + simpleName);
  }

  private boolean isJsonEvent(TypeMirror type) {
    return isRuntime(type, "JsonEvent");
  }

  private boolean isAnyEventType(TypeMirror type) {
    return isRuntime(type, "Event");
  }

  private boolean isAnyEvent(TypeMirror argument) {
    return argument.getKind() == TypeKind.WILDCARD || isAnyEventType(argument);
  }

  private String eventName() {
    if (triggers.size() != 1) {
      return "Event<?>";
    }
    return triggers.get(0).name().endsWith("*") ? "JsonEvent" : triggers.get(0).type().simpleName();
  }

  private String handlerKnows() {
    return stepKnows().replace(" and FunctionContext", ", Steps and FunctionContext");
  }

  private String stepKnows() {
    ClassName payload = triggers.size() == 1 ? triggers.get(0).source() : null;
    return "the event ("
        + eventName()
        + ")"
        + (payload == null ? "" : ", its payload (" + payload.simpleName() + ")")
        + " and FunctionContext";
  }
}
