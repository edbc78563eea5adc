package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.Set;

/** What conditions that end runs may not contain. */
final class Restrictions {
  private static final Set<String> ALLOWED =
      Set.of(
          "_?_:_", "_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_[_]",
          "@in", "int", "uint", "double");

  private Restrictions() {}

  static boolean isRefused(ExpressionUse use, Node.Call call) {
    // A function that does not exist is told as such.
    boolean exists =
        Printed.isBinary(call.function())
            || call.function().equals("-_")
            || Functions.MACROS.contains(call.function())
            || !Functions.named(call.function()).isEmpty();
    return use == ExpressionUse.CANCEL_WHEN && exists && !ALLOWED.contains(call.function());
  }

  static void report(Node.Call call, Mistakes mistakes) {
    boolean operator = Printed.isBinary(call.function()) || call.function().equals("-_");
    mistakes.add(
        ProblemCode.EXPRESSION_REFUSED,
        call.at(),
        (operator ? Printed.sign(call.function()).replace("-_", "-") : call.function() + "()")
            + " is refused in conditions that end runs.",
        "They take comparisons, && || ! ?:, in, [ ], and int(), uint() and double().");
  }
}
