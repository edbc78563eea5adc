package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Finds what the parameters of the steps of a declarative function are handed. */
final class StepBinder {
  private final Types types;
  private final Problems problems;
  private final TypeNames names;
  private final ParameterBinder binder;

  StepBinder(Types types, Problems problems, TypeNames names, ParameterBinder binder) {
    this.types = types;
    this.problems = problems;
    this.names = names;
    this.binder = binder;
  }

  /**
   * A step that takes parameters, and the others.
   *
   * @param steps all steps in the order of their declaration
   * @param index which of them it is
   * @param graph whether results of later ones can be had as well
   */
  record Place(List<StepScanner.Step> steps, int index, boolean graph) {
    private boolean isLate(int other) {
      return graph ? other == index : other >= index;
    }

    /** The steps whose results can be had. */
    private List<StepScanner.Step> usable() {
      List<StepScanner.Step> usable = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        if (!isLate(i)) {
          usable.add(steps.get(i));
        }
      }
      return usable;
    }
  }

  /** One thing a parameter could mean, and how it is told to the user. */
  private record Candidate(Argument argument, String description, boolean late) {}

  /** What a parameter is handed. */
  Optional<Argument> bind(Signature.Input parameter, Place place) {
    if (binder.isUnknown(parameter)) {
      return Optional.empty();
    }
    Optional<Annotation> from = Annotation.of(parameter.element(), "From");
    if (from.isPresent()) {
      return fromStep(parameter, from.get(), place);
    }
    Map<String, Components.Component> components = binder.components();
    Optional<Annotation> fromEvent = Annotation.of(parameter.element(), "FromEvent");
    if (fromEvent.isPresent()) {
      return fromEvent(parameter, fromEvent.get(), components);
    }
    List<Candidate> candidates = candidates(parameter, place, components);
    if (candidates.size() == 1 && !candidates.get(0).late()) {
      return Optional.of(candidates.get(0).argument());
    }
    if (candidates.size() > 1) {
      ambiguous(parameter, candidates);
    } else {
      unbound(parameter, place, components);
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

  private List<Candidate> candidates(
      Signature.Input parameter, Place place, Map<String, Components.Component> components) {
    String name = parameter.name();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < place.steps().size(); i++) {
      StepScanner.Step step = place.steps().get(i);
      if (i != place.index() && isNamed(step, name) && fits(step.result(), parameter.type())) {
        candidates.add(
            new Candidate(
                new Argument.StepResult(step.id()),
                "the result of step "
                    + step.method()
                    + (place.isLate(i) ? ", which comes later," : ""),
                place.isLate(i)));
      }
    }
    binder
        .known(parameter.type())
        .ifPresent(
            known ->
                candidates.add(new Candidate(known, description((Argument.Known) known), false)));
    Components.Component component = components.get(name);
    if (component != null && fits(component.type(), parameter.type())) {
      candidates.add(
          new Candidate(
              new Argument.Component(component.accessor()),
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

  private Optional<Argument> fromStep(Signature.Input parameter, Annotation from, Place place) {
    String id = from.rawText("value");
    for (int i = 0; i < place.steps().size(); i++) {
      StepScanner.Step step = place.steps().get(i);
      if (step.id().equals(id)) {
        String problem = null;
        if (place.isLate(i)) {
          problem =
              i == place.index()
                  ? "Step \"" + id + "\" cannot take its own result."
                  : "Step \"" + id + "\" comes later.";
        } else if (!fits(step.result(), parameter.type())) {
          problem = misfit("\"" + id + "\"", step, parameter);
        }
        if (problem == null) {
          return Optional.of(new Argument.StepResult(id));
        }
        problems.add(
            ProblemCode.UNBOUND_PARAMETER,
            from.at("value"),
            problem,
            (place.graph() ? "Name another" : "Name an earlier") + " step whose result fits.");
        return Optional.empty();
      }
    }
    List<String> ids = place.usable().stream().map(StepScanner.Step::id).toList();
    problems.add(
        ProblemCode.UNBOUND_PARAMETER,
        from.at("value"),
        "There is no step \"" + id + "\".",
        DidYouMean.sentence(id, ids) + usable(ids, place));
    return Optional.empty();
  }

  private static String usable(List<String> ids, Place place) {
    if (ids.isEmpty()) {
      return place.graph() ? "There is no other step." : "This is the first step.";
    }
    return (place.graph() ? "Other" : "Earlier") + " steps are " + String.join(", ", ids) + ".";
  }

  private Optional<Argument> fromEvent(
      Signature.Input parameter, Annotation from, Map<String, Components.Component> components) {
    String name = from.text("value").orElse(parameter.name());
    Components.Component component = components.get(name);
    if (component != null && fits(component.type(), parameter.type())) {
      return Optional.of(new Argument.Component(component.accessor()));
    }
    problems.add(
        ProblemCode.UNBOUND_PARAMETER,
        from.at("value"),
        component == null
            ? "The event's payload has no component \"" + name + "\"."
            : differs(name, component, parameter),
        DidYouMean.sentence(name, components.keySet())
            + (components.isEmpty()
                ? "It has none by name here."
                : "Components are " + String.join(", ", components.keySet()) + "."));
    return Optional.empty();
  }

  private static String differs(
      String name, Components.Component component, Signature.Input parameter) {
    return "The event's component "
        + name
        + " is "
        + component.type()
        + ", not "
        + parameter.type()
        + ".";
  }

  private void unbound(
      Signature.Input parameter, Place place, Map<String, Components.Component> components) {
    String name = parameter.name();
    String fact = "Nothing can be handed to the parameter " + parameter.type() + " " + name + ".";
    for (int i = 0; i < place.steps().size(); i++) {
      StepScanner.Step step = place.steps().get(i);
      if (isNamed(step, name)) {
        fact = place.isLate(i) ? late(name, i == place.index()) : misfit(name, step, parameter);
      }
    }
    Components.Component component = components.get(name);
    if (component != null) {
      fact = differs(name, component, parameter);
    }
    List<String> known = new ArrayList<>();
    place.usable().stream()
        .filter(step -> step.model().result() != null)
        .forEach(step -> known.add(step.method()));
    known.addAll(components.keySet());
    problems.add(
        ProblemCode.UNBOUND_PARAMETER,
        Location.of(parameter.element()),
        fact,
        DidYouMean.sentence(name, known)
            + (isMadeUp(name)
                ? "If it has another name in the source, its class was read from a class file that"
                    + " does not tell: compile with -parameters, as Gradle's incremental builds need. "
                : "")
            + "A step takes "
            + binder.stepKnows()
            + (known.isEmpty() ? "" : ", and by their names: " + String.join(", ", known))
            + ".");
  }

  /** Whether a name is what compilers say where a class file does not tell names. */
  private static boolean isMadeUp(String name) {
    return name.matches("arg\\d+");
  }

  private static String misfit(String name, StepScanner.Step step, Signature.Input parameter) {
    return step.result().getKind() == TypeKind.VOID
        ? "Step " + name + " gives nothing."
        : "Step " + name + " gives " + step.result() + ", not " + parameter.type() + ".";
  }

  private static String late(String name, boolean itself) {
    return itself
        ? "The parameter " + name + " names the step that it is handed to."
        : "The parameter " + name + " names a step that has not run yet.";
  }

  private static boolean isNamed(StepScanner.Step step, String name) {
    return step.method().equals(name) || step.id().equals(name);
  }

  private boolean fits(TypeMirror given, TypeMirror wanted) {
    if (given.getKind() == TypeKind.VOID) {
      return false;
    }
    if (Stream.of(given, wanted).flatMap(TypeParts::of).anyMatch(TypeParts::isMissing)) {
      return names.of(given).equals(names.of(wanted));
    }
    return types.isAssignable(given, wanted);
  }
}
