package dev.vibecoder.inngest.processor.internal.validate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Between what a duration must be.
 *
 * @param minText the least, as it would be written
 * @param max the greatest; null if there is none
 */
record DurationRange(
    Duration min, String minText, @Nullable Duration max, @Nullable String maxText) {
  static final DurationRange FROM_SECOND =
      new DurationRange(Duration.ofSeconds(1), "1s", null, null);
  static final DurationRange TO_DAY =
      new DurationRange(Duration.ofSeconds(1), "1s", Duration.ofDays(1), "24h");
  static final DurationRange TO_WEEK =
      new DurationRange(Duration.ofSeconds(1), "1s", Duration.ofDays(7), "7d");
  static final DurationRange NOT_NEGATIVE = new DurationRange(Duration.ZERO, "0s", null, null);
}
