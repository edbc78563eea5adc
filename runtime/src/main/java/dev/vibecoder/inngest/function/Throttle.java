package dev.vibecoder.inngest.function;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many runs start in a period; the others wait their turn (function configuration, section 5).
 * Immutable.
 *
 * @param limit how many, at least 1
 * @param period one second to seven days
 * @param burst how many may start at once beyond the even flow; 0 leaves it to the server
 * @param key CEL over {@code event}: counts separately for each of its values; null for one count
 */
public record Throttle(int limit, Duration period, int burst, @Nullable String key) {
  /**
   * Checks the rules of the server.
   *
   * @param limit how many
   * @param period in what time
   * @param burst how many beyond the even flow
   * @param key CEL, or null
   * @throws IllegalArgumentException if a number is out of its bounds
   */
  public Throttle {
    Bounds.atLeast(1, limit, "The limit of a throttle");
    Bounds.atLeast(0, burst, "The burst of a throttle");
    Bounds.between(Duration.ofSeconds(1), period, Duration.ofDays(7), "The period of a throttle");
  }

  /**
   * A throttle of the function.
   *
   * @param limit how many runs start
   * @param period in what time
   * @return the throttle
   */
  public static Throttle limit(int limit, Duration period) {
    return new Throttle(limit, period, 0, null);
  }

  /**
   * The same throttle with a burst.
   *
   * @param newBurst how many may start at once beyond the even flow
   * @return a new throttle
   */
  public Throttle burst(int newBurst) {
    return new Throttle(limit, period, newBurst, key);
  }

  /**
   * The same throttle for each value of an expression.
   *
   * @param expression CEL over {@code event}
   * @return a new throttle
   */
  public Throttle key(String expression) {
    return new Throttle(limit, period, burst, Objects.requireNonNull(expression));
  }
}
