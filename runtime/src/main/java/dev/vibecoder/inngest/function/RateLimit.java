package dev.vibecoder.inngest.function;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many runs start in a period; events beyond it start none (function configuration, section 6).
 * Immutable.
 *
 * @param limit how many, at least 1
 * @param period one second to 24 hours
 * @param key CEL over {@code event}: counts separately for each of its values; null for one count
 */
public record RateLimit(int limit, Duration period, @Nullable String key) {
  /**
   * Checks the rules of the server.
   *
   * @param limit how many
   * @param period in what time
   * @param key CEL, or null
   * @throws IllegalArgumentException if a number is out of its bounds
   */
  public RateLimit {
    Bounds.atLeast(1, limit, "A rate limit");
    Bounds.between(
        Duration.ofSeconds(1), period, Duration.ofHours(24), "The period of a rate limit");
  }

  /**
   * A rate limit of the function.
   *
   * @param limit how many runs start
   * @param period in what time
   * @return the limit
   */
  public static RateLimit limit(int limit, Duration period) {
    return new RateLimit(limit, period, null);
  }

  /**
   * The same limit for each value of an expression.
   *
   * @param expression CEL over {@code event}
   * @return a new limit
   */
  public RateLimit key(String expression) {
    return new RateLimit(limit, period, Objects.requireNonNull(expression));
  }
}
