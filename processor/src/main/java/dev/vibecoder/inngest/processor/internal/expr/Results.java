package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.EnumSet;
import java.util.Set;

/** What an expression must give. */
final class Results {
  private static final Set<Kind> BOOL = EnumSet.of(Kind.BOOL);
  private static final Set<Kind> INT = EnumSet.of(Kind.INT);
  private static final Set<Kind> KEYS =
      EnumSet.complementOf(EnumSet.of(Kind.LIST, Kind.MAP, Kind.TYPE));

  private Results() {}

  static void check(ExpressionUse use, Node node, Value result, Mistakes mistakes) {
    Set<Kind> needed =
        switch (use) {
          case KEY, IDEMPOTENCY -> KEYS;
          case PRIORITY -> INT;
          default -> BOOL;
        };
    if (!result.isSometimesNot(needed)) {
      return;
    }
    boolean never = result.isNever(needed);
    String must =
        switch (use) {
          case KEY, IDEMPOTENCY -> "A key is a text, a number, or true or false";
          case PRIORITY -> "A priority is an integer";
          default -> "A condition is true or false";
        };
    mistakes.add(
        never ? ProblemCode.EXPRESSION_RESULT : ProblemCode.EXPRESSION_MIXED,
        node.at(),
        must
            + (never ? ", and " : ", and sometimes ")
            + Printed.of(node)
            + " is "
            + other(result, needed)
            + ".",
        fix(use, node, result));
  }

  private static String other(Value result, Set<Kind> needed) {
    return Shapes.oneOf(
            result.shape().alternatives().stream()
                .filter(
                    shape ->
                        shape.kinds().stream()
                            .anyMatch(kind -> !kind.isOpen() && !needed.contains(kind)))
                .toList())
        .described();
  }

  private static String fix(ExpressionUse use, Node node, Value result) {
    String text = Printed.of(node);
    return switch (use) {
      case PRIORITY ->
          result.kinds().stream().anyMatch(Kind::isNumber)
              ? "Write int("
                  + text
                  + "): numbers of events are doubles, and the server ignores those."
              : "Write seconds, as in event.data.vip ? 120 : 0.";
      case KEY, IDEMPOTENCY ->
          node instanceof Node.Listing
              ? "Join the parts: event.data.a + '-' + event.data.b."
              : "Name a field of it.";
      default -> "Compare it with something, as in " + text + " != null.";
    };
  }
}
