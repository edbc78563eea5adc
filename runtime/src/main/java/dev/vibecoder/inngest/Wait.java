package dev.vibecoder.inngest;

import dev.vibecoder.inngest.internal.wire.CelConditions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a run waits for an event, and which event it wants. Immutable.
 *
 * <pre>{@code
 * Wait.atMost(Duration.ofDays(3)).match("data.orderId")
 * }</pre>
 */
public final class Wait {
  private static final Duration MAX = Duration.ofDays(366);

  private final Duration timeout;
  private final @Nullable String expression;

  private Wait(Duration timeout, @Nullable String expression) {
    this.timeout = timeout;
    this.expression = expression;
  }

  /**
   * Waits for any event of the name.
   *
   * @param timeout when to give up, at most 366 days; a fraction of a second is rounded up
   * @return the wait
   * @throws IllegalArgumentException if the time is not positive or too long
   */
  public static Wait atMost(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "A wait of " + timeout + " is not possible; waits last from one second to 366 days.");
    }
    return new Wait(timeout, null);
  }

  /**
   * Wants an event with the same value in one place as the event that started the run.
   *
   * @param path where, as in {@code data.orderId}; missing values and texts with a quotation mark
   *     in them match nothing
   * @return a new wait; what was wanted before must hold as well
   * @throws IllegalArgumentException if the text is no path
   */
  public Wait match(String path) {
    requirePath(path);
    return and("event." + path + " == async." + path);
  }

  /** Names and dots: anything else would be an expression, or fail the run. */
  private static void requirePath(String path) {
    boolean begins = true;
    boolean good = !path.isEmpty();
    for (int i = 0; i < path.length(); i++) {
      char character = path.charAt(i);
      boolean dot = character == '.';
      boolean letter =
          character == '_'
              || (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z');
      boolean digit = character >= '0' && character <= '9';
      good &= begins ? letter : dot || letter || digit;
      begins = dot;
    }
    if (!good || begins) {
      throw new IllegalArgumentException(
          "\"" + path + "\" is no path, such as data.orderId; use when(...) for expressions.");
    }
  }

  /**
   * Wants an event for which an expression holds.
   *
   * @param expression CEL; {@code event} is the event that started the run, {@code async} the one
   *     that came, as in {@code async.data.total > 100}
   * @return a new wait; what was wanted before must hold as well
   * @throws IllegalArgumentException if the text is empty
   */
  public Wait when(String expression) {
    if (expression.isBlank()) {
      throw new IllegalArgumentException("The expression of a wait is empty.");
    }
    return and(expression);
  }

  private Wait and(String condition) {
    return new Wait(timeout, CelConditions.and(expression, condition));
  }

  /**
   * When to give up.
   *
   * @return a positive duration
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * What must hold.
   *
   * @return CEL, or empty if any event of the name will do
   */
  public Optional<String> expression() {
    return Optional.ofNullable(expression);
  }

  @Override
  public String toString() {
    return "Wait[" + timeout + (expression == null ? "" : ", " + expression) + "]";
  }
}
