package dev.vibecoder.inngest.processor.internal.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the server reads them: numbers with units, such as {@code 1d12h}. */
public final class Durations {
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L,
          "w", 604_800_000_000_000L);
  private static final Pattern TERM = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([^\\d.]+)");
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  // Longer ones are no durations that anybody wrote.
  private static final int MAX_LENGTH = 255;

  private Durations() {}

  /** A duration; empty if the text is none. */
  public static Optional<Duration> parse(String text) {
    return read(text, true);
  }

  /** A duration of the server's standard parser, which has no days and weeks. */
  public static Optional<Duration> parseWithoutDays(String text) {
    return read(text, false);
  }

  private static Optional<Duration> read(String text, boolean days) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String rest = signed ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (rest.isEmpty() || rest.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    BigDecimal total = BigDecimal.ZERO;
    Matcher term = TERM.matcher(rest);
    int at = 0;
    while (at < rest.length()) {
      term.region(at, rest.length());
      if (!term.lookingAt()) {
        return Optional.empty();
      }
      Long unit = UNITS.get(term.group(2));
      if (unit == null || (!days && (term.group(2).equals("d") || term.group(2).equals("w")))) {
        return Optional.empty();
      }
      total = total.add(number(term.group(1)).multiply(BigDecimal.valueOf(unit)));
      at = term.end();
    }
    if (total.compareTo(MAX) > 0) {
      return Optional.empty();
    }
    long nanos = total.setScale(0, RoundingMode.DOWN).longValueExact();
    return Optional.of(Duration.ofNanos(text.startsWith("-") ? -nanos : nanos));
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.endsWith(".") ? text + "0" : text);
  }
}
