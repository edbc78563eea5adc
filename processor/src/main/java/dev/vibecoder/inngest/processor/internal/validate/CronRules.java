package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.time.CronException;
import dev.vibecoder.inngest.processor.internal.time.CronSchedule;
import dev.vibecoder.inngest.processor.internal.time.Zones;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What schedules may be. */
public final class CronRules {
  private static final int MAX_LENGTH = 255;
  private static final DurationRange JITTER =
      new DurationRange(Duration.ofSeconds(1), "1s", Duration.ofMinutes(5), "5m");

  private CronRules() {}

  /**
   * Checks a schedule.
   *
   * @param expression five fields, with or without a zone before them
   * @param zone the zone, if it was given apart
   */
  public static Optional<Finding> check(String expression, @Nullable String zone) {
    String sent = withZone(expression, zone);
    if (sent.length() > MAX_LENGTH) {
      return finding(
          ProblemCode.CRON,
          "The schedule has " + sent.length() + " characters; the server takes " + MAX_LENGTH + ".",
          "Shorten it, or use several.");
    }
    String fields = expression;
    if (expression.startsWith("TZ=") || expression.startsWith("CRON_TZ=")) {
      int end = expression.indexOf(' ');
      String name =
          expression.substring(expression.indexOf('=') + 1, end < 0 ? expression.length() : end);
      if (end < 0) {
        return finding(
            ProblemCode.CRON,
            "\"" + expression + "\" has a zone and nothing after it.",
            "Write it as in TZ=Europe/Paris 0 9 * * *.");
      }
      if (zone != null) {
        return finding(
            ProblemCode.TIME_ZONE,
            "The schedule has two zones, " + name + " and " + zone + ".",
            "Leave one of them.");
      }
      Optional<Finding> wrong = zone(name);
      if (wrong.isPresent()) {
        return wrong;
      }
      fields = expression.substring(end);
    }
    try {
      return CronSchedule.parse(fields).isNever()
          ? finding(
              ProblemCode.CRON_NEVER,
              "There is no day on which \"" + expression + "\" starts anything.",
              "Give a day that the month has.")
          : Optional.empty();
    } catch (CronException e) {
      return finding(ProblemCode.CRON, e.fact(), e.fix());
    }
  }

  /** Checks a zone that was given apart. */
  public static Optional<Finding> zone(String name) {
    return Zones.isKnown(name)
        ? Optional.empty()
        : finding(
            ProblemCode.TIME_ZONE, "There is no time zone \"" + name + "\".", Zones.fix(name));
  }

  /** Checks by how much the start of a schedule is spread. */
  public static Optional<Finding> jitter(String text) {
    Optional<Duration> jitter = dev.vibecoder.inngest.processor.internal.time.Durations.parse(text);
    return jitter.filter(Duration::isZero).isPresent()
        ? Optional.empty()
        : DurationRules.check("jitter", text, JITTER, ProblemCode.JITTER);
  }

  /** The text that is sent for a schedule. */
  public static String withZone(String expression, @Nullable String zone) {
    return zone == null ? expression : "TZ=" + zone + " " + expression;
  }

  private static Optional<Finding> finding(ProblemCode code, String fact, String fix) {
    return Optional.of(new Finding(code, fact, fix));
  }
}
