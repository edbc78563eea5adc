package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.time.Durations;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What durations may be. */
public final class DurationRules {
  private static final Pattern WORDS =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]+)[\\s,]*(?:and\\s+)?");
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("w", "w"),
          Map.entry("week", "w"),
          Map.entry("d", "d"),
          Map.entry("day", "d"),
          Map.entry("h", "h"),
          Map.entry("hr", "h"),
          Map.entry("hour", "h"),
          Map.entry("m", "m"),
          Map.entry("min", "m"),
          Map.entry("minute", "m"),
          Map.entry("s", "s"),
          Map.entry("sec", "s"),
          Map.entry("second", "s"),
          Map.entry("ms", "ms"),
          Map.entry("milli", "ms"),
          Map.entry("millisecond", "ms"));
  private static final String HINT = "Durations have units, as in 30s, 5m, 2h, 1d12h.";

  private DurationRules() {}

  /**
   * Checks a duration.
   *
   * @param name what it is, such as period
   * @param code the code of one that is too short or too long
   */
  static Optional<Finding> check(String name, String text, DurationRange range, ProblemCode code) {
    Optional<Duration> duration = Durations.parse(text);
    return duration.isEmpty()
        ? Optional.of(none(text))
        : within(name, text, duration.get(), range, code);
  }

  /** Checks a duration of the server's standard parser, which has no days and weeks. */
  static Optional<Finding> checkWithoutDays(
      String name, String text, DurationRange range, ProblemCode code) {
    Optional<Duration> duration = Durations.parse(text);
    if (duration.isPresent() && Durations.parseWithoutDays(text).isEmpty()) {
      return Optional.of(
          new Finding(
              ProblemCode.DURATION,
              "\"" + text + "\" has days or weeks, which the server does not know here.",
              "Write " + withoutDays(duration.get()) + "."));
    }
    return check(name, text, range, code);
  }

  /** Checks a duration of which nothing is asked but that it is one. */
  public static Optional<Finding> check(String text) {
    return Durations.parse(text).isPresent() ? Optional.empty() : Optional.of(none(text));
  }

  private static Optional<Finding> within(
      String name, String text, Duration duration, DurationRange range, ProblemCode code) {
    Duration max = range.max();
    if (duration.compareTo(range.min()) < 0) {
      return Optional.of(
          new Finding(
              code,
              "The " + name + " " + text + " is shorter than " + range.minText() + ".",
              max == null
                  ? "Write " + range.minText() + " or more."
                  : "Write " + range.minText() + " to " + range.maxText() + "."));
    }
    if (max != null && duration.compareTo(max) > 0) {
      return Optional.of(
          new Finding(
              code,
              "The " + name + " " + text + " is longer than " + range.maxText() + ".",
              "Write " + range.minText() + " to " + range.maxText() + "."));
    }
    return Optional.empty();
  }

  static Finding none(String text) {
    return new Finding(
        ProblemCode.DURATION,
        "\"" + text + "\" is no duration.",
        meant(text).map(duration -> "Write " + duration + ".").orElse(HINT));
  }

  /** What was meant by words, by a number without a unit, or by the form of ISO 8601. */
  private static Optional<String> meant(String text) {
    String plain = text.strip();
    if (plain.matches("\\d{1,9}")) {
      return Optional.of(plain + "s if these are seconds");
    }
    if (plain.toUpperCase(Locale.ROOT).matches("P.*")) {
      try {
        return Optional.of(withoutDays(Duration.parse(plain)));
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }
    StringBuilder written = new StringBuilder();
    Matcher word = WORDS.matcher(plain);
    int at = 0;
    while (at < plain.length()) {
      word.region(at, plain.length());
      if (!word.lookingAt()) {
        return Optional.empty();
      }
      String unit = word.group(2).toLowerCase(Locale.ROOT);
      String known = UNITS.get(unit);
      if (known == null && unit.endsWith("s")) {
        known = UNITS.get(unit.substring(0, unit.length() - 1));
      }
      if (known == null) {
        return Optional.empty();
      }
      written.append(word.group(1)).append(known);
      at = word.end();
    }
    return written.isEmpty() || Durations.parse(written.toString()).isEmpty()
        ? Optional.empty()
        : Optional.of(written.toString());
  }

  private static String withoutDays(Duration duration) {
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    if (duration.toSecondsPart() > 0) {
      text.append(duration.toSecondsPart()).append('s');
    }
    if (duration.toMillisPart() > 0) {
      text.append(duration.toMillisPart()).append("ms");
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
