package dev.vibecoder.inngest.processor.internal.env;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.scan.Annotation;
import dev.vibecoder.inngest.processor.internal.scan.DeclaredOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Finds annotations of functions where there is no function: they would silently do nothing. */
final class StrayAnnotations {
  private static final List<String> OF_METHODS =
      List.of("Step", "Handler", "OnFailure", "OnCancelled");
  private static final List<String> OF_PARAMETERS = List.of("From", "FromEvent", "StepKey");

  private final Elements elements;
  private final Problems problems;
  private final Set<String> owners = new HashSet<>();

  StrayAnnotations(Elements elements, Problems problems) {
    this.elements = elements;
    this.problems = problems;
  }

  /** The classes that were complained about. */
  Set<String> owners() {
    return owners;
  }

  void check(RoundEnvironment round) {
    OF_METHODS.forEach(
        annotation -> forEach(round, annotation, (name, method) -> method(name, method, method)));
    OF_PARAMETERS.forEach(
        annotation -> forEach(round, annotation, (name, parameter) -> parameter(name, parameter)));
    for (String option : DeclaredOptions.NAMES) {
      forEach(round, option, this::option);
      forEach(round, option + Annotation.CONTAINER, (name, type) -> option(option, type));
    }
  }

  private void option(String name, Element type) {
    if (Annotation.of(type, "InngestFunction").isEmpty()) {
      problems.add(
          ProblemCode.OPTION_OUTSIDE_FUNCTION,
          Annotation.all(type, name).get(0).at(""),
          "@" + name + " is on " + type.getSimpleName() + ", which is no function.",
          "Put it on the class with @InngestFunction; it is not inherited.");
    }
  }

  private void forEach(RoundEnvironment round, String name, BiConsumer<String, Element> check) {
    TypeElement annotation = elements.getTypeElement(Annotation.PACKAGE + name);
    if (annotation != null) {
      round.getElementsAnnotatedWith(annotation).forEach(found -> check.accept(name, found));
    }
  }

  private void parameter(String annotation, Element parameter) {
    Element method = parameter.getEnclosingElement();
    if (method == null || method(annotation, method, parameter)) {
      return;
    }
    if (OF_METHODS.stream().noneMatch(name -> Annotation.of(method, name).isPresent())) {
      problems.add(
          ProblemCode.STEP_OUTSIDE_FUNCTION,
          Location.of(parameter),
          "@"
              + annotation
              + " is on a parameter of "
              + method.getSimpleName()
              + ", which is no step.",
          annotation.equals("StepKey")
              ? "Annotate the method with @Step; only steps have keys."
              : "Annotate the method with @Step; nothing else is handed the results of steps.");
    }
  }

  /** Reports an annotation of a method, or in one, whose class is no function. */
  private boolean method(String annotation, Element method, Element at) {
    Element owner = method.getEnclosingElement();
    if (owner == null || Annotation.of(owner, "InngestFunction").isPresent()) {
      return false;
    }
    if (owner.getModifiers().contains(Modifier.ABSTRACT) && owner.getKind().isClass()) {
      // Functions may extend it.
      return false;
    }
    owners.add(owner.toString());
    problems.add(
        ProblemCode.STEP_OUTSIDE_FUNCTION,
        Location.of(at),
        "@"
            + annotation
            + " is on a "
            + (at.equals(method) ? "method" : "parameter")
            + " of "
            + owner.getSimpleName()
            + ", which is no function.",
        annotation.equals("Step")
            ? "Annotate the class with @InngestFunction; elsewhere a step would not be durable."
            : "Annotate the class with @InngestFunction; elsewhere it does nothing.");
    return true;
  }
}
