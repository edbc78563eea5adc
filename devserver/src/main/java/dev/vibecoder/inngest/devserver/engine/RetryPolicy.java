package dev.vibecoder.inngest.devserver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a failed attempt is repeated (protocol, server side, section 6).
 *
 * @param fixed a fixed delay instead of the table, or null
 * @param random where the table's jitter comes from
 */
record RetryPolicy(@Nullable Duration fixed, RandomGenerator random) {
  static final int DEFAULT_RETRIES = 4;
  static final int MAX_RETRIES = 20;
  private static final List<Duration> TABLE =
      List.of(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(40),
          Duration.ofHours(1),
          Duration.ofHours(2));
  private static final int JITTER_MILLIS = 30_000;

  /**
   * When to try again.
   *
   * @param attempt the attempt that failed, from 0
   * @param asked what the app asked for, or null
   */
  Instant next(int attempt, Instant now, @Nullable Instant asked) {
    if (asked != null) {
      return asked;
    }
    if (fixed != null) {
      return now.plus(fixed);
    }
    return now.plus(TABLE.get(Math.min(attempt, TABLE.size() - 1)))
        .plusMillis(random.nextInt(JITTER_MILLIS));
  }
}
