package dev.vibecoder.inngest.function;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts one run for a burst of events, with the last of them (function configuration, section 8).
 * Immutable.
 *
 * @param period how long no other event may come, one second to seven days
 * @param key CEL over {@code event}: separates bursts by its values; null for one burst
 * @param timeout how long a run is put off at most, not shorter than the period; null for no end
 */
public record Debounce(Duration period, @Nullable String key, @Nullable Duration timeout) {
  /**
   * Checks the rules of the server and those that it does not check.
   *
   * @param period how long no other event may come
   * @param key CEL, or null
   * @param timeout how long a run is put off at most, or null
   * @throws IllegalArgumentException if a time is out of its bounds
   */
  public Debounce {
    Bounds.between(Duration.ofSeconds(1), period, Duration.ofDays(7), "The period of a debounce");
    if (timeout != null && timeout.compareTo(period) < 0) {
      throw new IllegalArgumentException(
          "The timeout of a debounce is at least its period, " + period + ", not " + timeout + ".");
    }
  }

  /**
   * A debounce of the function.
   *
   * @param period how long no other event may come
   * @return the debounce
   */
  public static Debounce period(Duration period) {
    return new Debounce(period, null, null);
  }

  /**
   * The same debounce for each value of an expression.
   *
   * @param expression CEL over {@code event}
   * @return a new debounce
   */
  public Debounce key(String expression) {
    return new Debounce(period, Objects.requireNonNull(expression), timeout);
  }

  /**
   * The same debounce with an end.
   *
   * @param longest how long a run is put off at most
   * @return a new debounce
   */
  public Debounce timeout(Duration longest) {
    return new Debounce(period, key, Objects.requireNonNull(longest));
  }
}
