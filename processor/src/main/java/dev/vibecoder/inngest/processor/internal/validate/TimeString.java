package dev.vibecoder.inngest.processor.internal.validate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Inngest writes them: {@code 30s}, {@code 1h30m}, {@code 2d}. */
public final class TimeString {
  private static final Pattern TEXT = Pattern.compile("(?:\\d{1,9}(?:ms|us|µs|ns|[wdhms]))+");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|us|µs|ns|[wdhms])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "w", Duration.ofDays(7),
          "d", Duration.ofDays(1),
          "h", Duration.ofHours(1),
          "m", Duration.ofMinutes(1),
          "s", Duration.ofSeconds(1),
          "ms", Duration.ofMillis(1),
          "us", Duration.ofNanos(1_000),
          "µs", Duration.ofNanos(1_000),
          "ns", Duration.ofNanos(1));

  private TimeString() {}

  /** The duration that a text says, empty if it says none. */
  public static Optional<Duration> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      Duration unit = UNITS.getOrDefault(part.group(2), Duration.ZERO);
      sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
    }
    return Optional.of(sum);
  }
}
