package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Inputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
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
  private final Inputs inputs;

  ParameterBinder(
      Elements elements, Types types, Problems problems, TypeNames names, Inputs inputs) {
    this.elements = elements;
    this.types = types;
    this.problems = problems;
    this.names = names;
    this.inputs = inputs;
  }

  /** One thing a parameter could mean, and how it is told to the user. */
  private record Candidate(Argument argument, String description, boolean later) {}

  /** What a parameter of a handler is handed. */
  Optional<Argument> handler(Signature.Input parameter) {
    Optional<Argument> known = known(parameter.type());
    if (known.isPresent()) {
      return known;
    }
    if (isRuntime(parameter.type(), "Steps")) {
      return Optional.of(Argument.Known.STEPS);
    }
    if (isUnknown(parameter)) {
      return Optional.empty();
    }
    problems.add(
        ProblemCode.HANDLER_PARAMETER,
        Location.of(parameter.element()),
        "The handler cannot be handed " + parameter.type() + " " + parameter.name() + ".",
        "It takes " + handlerKnows() + "; anything else is given to the constructor.");
    return Optional.empty();
  }

  /** What a parameter of a failure handler is handed. */
  Optional<Argument> failure(Signature.Input parameter) {
    return outcome(
        parameter,
        "FunctionFailure",
        Argument.Known.FAILURE,
        ProblemCode.ON_FAILURE,
        "The failure handler");
  }

  /** What a parameter of a cancellation handler is handed. */
  Optional<Argument> cancellation(Signature.Input parameter) {
    return outcome(
        parameter,
        "FunctionCancellation",
        Argument.Known.CANCELLATION,
        ProblemCode.ON_CANCELLED,
        "The cancellation handler");
  }

  private Optional<Argument> outcome(
      Signature.Input parameter,
      String wanted,
      Argument.Known meaning,
      ProblemCode code,
      String subject) {
    TypeMirror type = parameter.type();
    if (isRuntime(type, wanted)) {
      List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
      if (arguments.size() == 1 && inputs.isEventArgument(names.of(arguments.get(0)))) {
        return Optional.of(meaning);
      }
    } else if (isRuntime(type, "Steps")) {
      return Optional.of(Argument.Known.STEPS);
    } else if (isRuntime(type, "FunctionContext")) {
      return Optional.of(Argument.Known.CONTEXT);
    } else if (isUnknown(parameter)) {
      return Optional.empty();
    }
    problems.add(
        code,
        Location.of(parameter.element()),
        subject + " cannot be handed " + type + " " + parameter.name() + ".",
        "It takes " + wanted + "<" + inputs.eventName() + ">, Steps and FunctionContext.");
    return Optional.empty();
  }

  /**
   * What a parameter of a step of a declarative function is handed.
   *
   * @param steps all steps in order
   * @param index which of them the parameter belongs to
   */
  Optional<Argument> step(Signature.Input parameter, List<StepScanner.Step> steps, int index) {
    Optional<Annotation> from = Annotation.of(parameter.element(), "From");
    if (from.isPresent()) {
      return isUnknown(parameter)
          ? Optional.empty()
          : fromStep(parameter, from.get(), steps, index);
    }
    Map<String, ExecutableElement> components = components();
    Optional<Annotation> fromEvent = Annotation.of(parameter.element(), "FromEvent");
    if (fromEvent.isPresent()) {
      return isUnknown(parameter)
          ? Optional.empty()
          : fromEvent(parameter, fromEvent.get(), components);
    }
    if (isUnknown(parameter)) {
      return Optional.empty();
    }
    List<Candidate> candidates = candidates(parameter, steps, index, components);
    if (candidates.size() == 1 && !candidates.get(0).later()) {
      return Optional.of(candidates.get(0).argument());
    }
    if (candidates.size() > 1) {
      ambiguous(parameter, candidates);
    } else {
      unbound(parameter, steps, index, components);
    }
    return Optional.empty();
  }

  private void ambiguous(Signature.Input parameter, List<Candidate> candidates) {
    boolean renamed =
        candidates.stream().anyMatch(candidate -> candidate.argument() instanceof Argument.Known);
    problems.add(
        ProblemCode.AMBIGUOUS_PARAMETER,
        Location.of(parameter.element()),
        "The parameter "
            + parameter.name()
            + " could be "
            + String.join(" or ", candidates.stream().map(Candidate::description).toList())
            + ".",
        "Say which: @From(\"<step>\") for the step, @FromEvent for the event's component"
            + (renamed ? ", another name for the parameter else." : "."));
  }

  /** Whether the compiler reports the type of a parameter. */
  private boolean isUnknown(Signature.Input parameter) {
    return TypeParts.of(parameter.type())
        .anyMatch(part -> part.getKind() == TypeKind.ERROR && names.event(part).isEmpty());
  }

  /** What is meant by the type alone: what there is only one of. */
  private Optional<Argument> known(TypeMirror type) {
    if (isRuntime(type, "FunctionContext")) {
      return Optional.of(Argument.Known.CONTEXT);
    }
    TypeName name = names.of(type);
    if (inputs.isEvent(name)) {
      return Optional.of(Argument.Known.EVENT);
    }
    return inputs.isPayload(name) ? Optional.of(Argument.Known.PAYLOAD) : Optional.empty();
  }

  private List<Candidate> candidates(
      Signature.Input parameter,
      List<StepScanner.Step> steps,
      int index,
      Map<String, ExecutableElement> components) {
    String name = parameter.name();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      StepScanner.Step step = steps.get(i);
      if (i != index && isNamed(step, name) && fits(step.result(), parameter.type())) {
        candidates.add(
            new Candidate(
                new Argument.StepResult(step.model().method()),
                "the result of step "
                    + step.model().method()
                    + (i > index ? ", which comes later," : ""),
                i > index));
      }
    }
    known(parameter.type())
        .ifPresent(
            known ->
                candidates.add(new Candidate(known, description((Argument.Known) known), false)));
    ExecutableElement component = components.get(name);
    if (component != null && fits(result(component), parameter.type())) {
      candidates.add(
          new Candidate(
              new Argument.Component(component.getSimpleName().toString()),
              "the event's component " + name,
              false));
    }
    return candidates;
  }

  private static String description(Argument.Known known) {
    return switch (known) {
      case EVENT -> "the event";
      case PAYLOAD -> "the event's payload";
      case CONTEXT -> "the context";
      case STEPS -> "the steps";
      case FAILURE -> "the failure";
      case CANCELLATION -> "the cancellation";
    };
  }

  private static TypeMirror result(ExecutableElement component) {
    return component.getReturnType();
  }

  private Optional<Argument> fromStep(
      Signature.Input parameter, Annotation from, List<StepScanner.Step> steps, int index) {
    String id = from.rawText("value");
    for (int i = 0; i < steps.size(); i++) {
      StepScanner.Step step = steps.get(i);
      if (step.model().id().equals(id)) {
        String problem = null;
        if (i >= index) {
          problem = "Step \"" + id + "\" comes later.";
        } else if (!fits(step.result(), parameter.type())) {
          problem =
              "Step \"" + id + "\" gives " + step.result() + ", not " + parameter.type() + ".";
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
      Signature.Input parameter, Annotation from, Map<String, ExecutableElement> components) {
    String name = from.text("value").orElse(parameter.name());
    ExecutableElement component = components.get(name);
    if (component != null && fits(result(component), parameter.type())) {
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
                + result(component)
                + ", not "
                + parameter.type()
                + ".",
        DidYouMean.sentence(name, components.keySet())
            + "Components are "
            + String.join(", ", components.keySet())
            + ".");
    return Optional.empty();
  }

  private void unbound(
      Signature.Input parameter,
      List<StepScanner.Step> steps,
      int index,
      Map<String, ExecutableElement> components) {
    String name = parameter.name();
    String fact = "Nothing can be handed to the parameter " + parameter.type() + " " + name + ".";
    for (int i = 0; i < steps.size(); i++) {
      StepScanner.Step step = steps.get(i);
      if (isNamed(step, name)) {
        fact =
            i >= index
                ? "The parameter " + name + " names a step that has not run yet."
                : "Step " + name + " gives " + step.result() + ", not " + parameter.type() + ".";
      }
    }
    ExecutableElement component = components.get(name);
    if (component != null) {
      fact =
          "The event's component "
              + name
              + " is "
              + result(component)
              + ", not "
              + parameter.type()
              + ".";
    }
    List<String> known = new ArrayList<>();
    steps.subList(0, index).stream()
        .filter(step -> step.model().result() != null)
        .forEach(step -> known.add(step.model().method()));
    known.addAll(components.keySet());
    problems.add(
        ProblemCode.UNBOUND_PARAMETER,
        Location.of(parameter.element()),
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
    ClassName source = inputs.source();
    return source == null ? null : elements.getTypeElement(source.canonicalName());
  }

  private boolean isRuntime(TypeMirror type, String simpleName) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(ROOT + simpleName);
  }

  private String handlerKnows() {
    return inputs.description() + ", Steps and FunctionContext";
  }

  private String stepKnows() {
    return inputs.description() + " and FunctionContext";
  }
}
