package dev.vibecoder.inngest;

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
@SuppressWarnings("DoNotCallSuggester")
public final class Wait {
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
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("A wait of " + timeout + " would be over at once.");
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
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
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
