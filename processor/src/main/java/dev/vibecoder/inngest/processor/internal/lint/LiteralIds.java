package dev.vibecoder.inngest.processor.internal.lint;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * Checks the ids that a function hands to {@code Steps}, where they are written out: none may be
 * that of a step method. Calls with one id are told apart by their order alone, so that moving a
 * line would hand one step's result to the other in runs under way. One literal that is used again
 * and again, as in a loop, is meant.
 */
final class LiteralIds {
  private static final String STEPS = "dev.vibecoder.inngest.Steps";

  private final Constants constants;
  private final Report report;
  private final Map<String, String> steps;

  /**
   * Makes the check for one function.
   *
   * @param steps the methods that are steps, by their ids
   */
  LiteralIds(Constants constants, Report report, Map<String, String> steps) {
    this.constants = constants;
    this.report = report;
    this.steps = steps;
  }

  /** Looks at a call, whatever is called. */
  void check(TreePath path, MethodInvocationTree call, ExecutableElement method) {
    if (!Effect.owner(method).equals(STEPS)
        || call.getArguments().isEmpty()
        || !isText(method.getParameters().get(0).asType())) {
      return;
    }
    ExpressionTree id = call.getArguments().get(0);
    constants
        .text(new TreePath(path, id))
        .ifPresent(
            text -> {
              String step = steps.get(text);
              if (step != null) {
                report.mistake(
                    ProblemCode.DUPLICATE_STEP_ID,
                    path,
                    id,
                    "Steps."
                        + method.getSimpleName()
                        + " and step "
                        + step
                        + " have the same id \""
                        + text
                        + "\".",
                    "Give one of them another id: the result of one would be taken for the"
                        + " other's.");
              }
            });
  }

  private static boolean isText(TypeMirror type) {
    return type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement())
            .getQualifiedName()
            .contentEquals("java.lang.String");
  }
}
