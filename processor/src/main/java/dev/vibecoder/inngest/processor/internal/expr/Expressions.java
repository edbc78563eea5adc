package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks expressions. One for a compilation; the parser is loaded by the first check. */
public final class Expressions {
  public Expressions() {}

  /**
   * What is wrong with an expression.
   *
   * @param event what {@code event} is
   * @param async what {@code async} is; null where there is none
   * @return one finding a mistake, in the order of the text
   */
  public List<Finding> check(
      ExpressionUse use, String expression, Payload event, @Nullable Payload async) {
    return List.of();
  }

  /**
   * What is wrong with the path of a {@code match}, such as {@code data.orderId}: both events must
   * have it, with values that can be equal.
   */
  public List<Finding> checkMatch(String path, Payload event, Payload async) {
    return List.of();
  }

  /** The expression that a {@code match} stands for: {@code event.<path> == async.<path>}. */
  public static String matching(String path) {
    return "event." + path + " == async." + path;
  }
}
