package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** What the signature of anything that generated code calls must be. */
final class EntryRules {
  private final Problems problems;
  private final TypeNames names;
  private final Types types;
  private final Elements elements;

  EntryRules(Problems problems, TypeNames names, Types types, Elements elements) {
    this.problems = problems;
    this.names = names;
    this.types = types;
    this.elements = elements;
  }

  /** Reports a checked exception that nobody can hand on. */
  boolean throwsWhatCanBeThrown(
      Signature signature, Location here, String subject, ProblemCode code) {
    Optional<? extends TypeMirror> unfit =
        signature.thrown().stream()
            .filter(this::isChecked)
            .filter(thrown -> !isA(thrown, "java.lang.Exception"))
            .findFirst();
    unfit.ifPresent(
        thrown ->
            problems.add(
                code,
                here,
                subject + " throws " + thrown + ", which is no Exception.",
                "Declare an Exception: it is handed on as one."));
    return unfit.isEmpty();
  }

  /** Reports a type that generated code cannot name. */
  boolean namesWhatCanBeNamed(Signature signature, Location here, String subject) {
    Optional<String> hidden =
        Stream.of(
                Stream.of(signature.result()),
                signature.inputs().stream().map(Signature.Input::type),
                signature.thrown().stream())
            .flatMap(part -> part)
            .flatMap(type -> names.access().problem(type, names.fromPackage()).stream())
            .findFirst();
    hidden.ifPresent(
        problem ->
            problems.add(
                ProblemCode.TYPE_ACCESS,
                here,
                subject + " names " + problem + ".",
                "Make the type visible: generated code in the same package names it too."));
    return hidden.isEmpty();
  }

  /** Reports what keeps generated code from calling a constructor. */
  boolean constructor(TypeElement type, ExecutableElement constructor) {
    Location here = Location.of(constructor);
    String subject = "The constructor of " + type.getSimpleName();
    if (!constructor.getTypeParameters().isEmpty()) {
      problems.add(
          ProblemCode.FUNCTION_CONSTRUCTOR,
          here,
          subject + " has type parameters.",
          "Use the real types: what it needs is looked up by them.");
      return false;
    }
    Optional<? extends TypeMirror> checked =
        constructor.getThrownTypes().stream().filter(this::isChecked).findFirst();
    if (checked.isPresent()) {
      problems.add(
          ProblemCode.FUNCTION_CONSTRUCTOR,
          here,
          subject + " throws " + checked.get() + ".",
          "Do in a step what can fail, or hand in what is ready.");
      return false;
    }
    return namesWhatCanBeNamed(Signature.of(types, type, constructor), here, subject);
  }

  boolean isChecked(TypeMirror thrown) {
    return thrown.getKind() != TypeKind.ERROR
        && !isA(thrown, "java.lang.RuntimeException")
        && !isA(thrown, "java.lang.Error");
  }

  boolean isA(TypeMirror type, String name) {
    TypeElement element = elements.getTypeElement(name);
    return element != null && types.isSubtype(type, element.asType());
  }
}
