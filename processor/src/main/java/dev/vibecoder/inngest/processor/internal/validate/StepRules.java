package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** What a step's method must be. */
public final class StepRules {
  private StepRules() {}

  /** Reports everything that makes a method unfit to be a step. */
  public static void check(ExecutableElement method, Location location, Problems problems) {
    String name = method.getSimpleName().toString();
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      problems.add(
          ProblemCode.STEP_PRIVATE,
          location,
          "Step " + name + " is private.",
          "Make it at least package-private: it is overridden to be durable.");
    }
    if (method.getModifiers().contains(Modifier.STATIC)) {
      problems.add(
          ProblemCode.STEP_STATIC,
          location,
          "Step " + name + " is static.",
          "Make it an instance method: it is overridden to be durable.");
    }
    if (method.getModifiers().contains(Modifier.FINAL)) {
      problems.add(
          ProblemCode.STEP_FINAL,
          location,
          "Step " + name + " is final.",
          "Remove final: it is overridden to be durable.");
    }
    if (!method.getTypeParameters().isEmpty()) {
      problems.add(
          ProblemCode.STEP_GENERIC,
          location,
          "Step " + name + " has type parameters.",
          "Use the real types: the result is decoded by them.");
    }
    if (method.isVarArgs()) {
      problems.add(
          ProblemCode.STEP_VARARGS,
          location,
          "Step " + name + " takes a variable number of arguments.",
          "Take a List.");
    }
    if (method.getThrownTypes().stream().anyMatch(StepRules::isVariable)) {
      problems.add(
          ProblemCode.STEP_THROWS,
          location,
          "Step " + name + " throws a type variable.",
          "Declare the real exception: it is made again by its class.");
    }
  }

  /** Whether what a method returns and throws can be looked at. */
  public static boolean hasRealTypes(ExecutableElement method) {
    return method.getTypeParameters().isEmpty()
        && method.getThrownTypes().stream().noneMatch(StepRules::isVariable);
  }

  private static boolean isVariable(TypeMirror type) {
    return type.getKind() == TypeKind.TYPEVAR;
  }
}
