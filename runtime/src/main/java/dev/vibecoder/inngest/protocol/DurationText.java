package dev.vibecoder.inngest.protocol;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inngest's time strings: numbers with the units {@code w d h m s ms us ns}, such as {@code 1d12h}
 * (function configuration, section 1).
 */
public final class DurationText {
  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ms|us|µs|μs|ns|[wdhms])");
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "w", BigDecimal.valueOf(604_800_000_000_000L),
          "d", BigDecimal.valueOf(86_400_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "ms", BigDecimal.valueOf(1_000_000L),
          "us", BigDecimal.valueOf(1_000L),
          "µs", BigDecimal.valueOf(1_000L),
          "μs", BigDecimal.valueOf(1_000L),
          "ns", BigDecimal.ONE);
  private static final int MAX_LENGTH = 64;

  private DurationText() {}

  /**
   * Writes a duration as the server reads it; a fraction of a second is rounded up, so that nothing
   * wakes early.
   *
   * @param duration any duration; a negative one becomes {@code 0s}
   * @return for example {@code 1w2d3h4m5s}
   */
  public static String format(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      return "0s";
    }
    long seconds = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
    StringBuilder text = new StringBuilder();
    seconds = append(text, seconds, 604_800, 'w');
    seconds = append(text, seconds, 86_400, 'd');
    seconds = append(text, seconds, 3_600, 'h');
    seconds = append(text, seconds, 60, 'm');
    append(text, seconds, 1, 's');
    return text.toString();
  }

  private static long append(StringBuilder text, long seconds, long unit, char name) {
    if (seconds >= unit) {
      text.append(seconds / unit).append(name);
    }
    return seconds % unit;
  }

  /**
   * Writes a duration without rounding, for options: {@code 1d}, {@code 1s500ms}.
   *
   * @param duration any duration that is not negative
   * @return a time string
   */
  public static String formatExactly(Duration duration) {
    if (duration.getNano() == 0) {
      return format(duration);
    }
    String whole =
        duration.getSeconds() == 0 ? "" : format(duration.minusNanos(duration.getNano()));
    return duration.getNano() % 1_000_000 == 0
        ? whole + duration.getNano() / 1_000_000 + "ms"
        : whole + duration.getNano() + "ns";
  }

  /**
   * Writes a duration in the units that Go's own parser knows: hours, minutes and seconds. The
   * timeout of batches is read by it.
   *
   * @param duration any duration that is not negative; a fraction of a second is rounded up
   * @return for example {@code 36h30s}
   */
  public static String formatInHours(Duration duration) {
    StringBuilder text = new StringBuilder();
    long seconds = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
    seconds = append(text, seconds, 3_600, 'h');
    seconds = append(text, seconds, 60, 'm');
    append(text, seconds, 1, 's');
    return text.isEmpty() ? "0s" : text.toString();
  }

  /**
   * Reads a time string.
   *
   * @param text for example {@code 90s} or {@code -1.5h}
   * @return the duration, or empty if the text is none or longer than 292 years
   */
  public static Optional<Duration> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    boolean negative = text.startsWith("-");
    String parts = negative || text.startsWith("+") ? text.substring(1) : text;
    if (parts.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher matcher = PART.matcher(parts);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (end < parts.length() && matcher.find(end) && matcher.start() == end) {
      BigDecimal unit = NANOS.get(matcher.group(2));
      if (unit == null) {
        return Optional.empty();
      }
      nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(unit));
      end = matcher.end();
    }
    if (end == 0
        || end < parts.length()
        || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return Optional.empty();
    }
    Duration duration = Duration.ofNanos(nanos.longValue());
    return Optional.of(negative ? duration.negated() : duration);
  }
}
