package dev.vibecoder.inngest.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The values of {@link ProtocolHeaders#RETRY_AFTER} and how the server reads them. */
public final class RetryAfter {
  /** The longest time the server waits, whatever was asked for. */
  public static final Duration MAX = Duration.ofHours(24);

  private static final int MAX_SECONDS_LENGTH = 7;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private RetryAfter() {}

  /**
   * Writes a delay.
   *
   * @param delay any duration; rounded up to whole seconds, cut to {@link #MAX}
   * @return decimal seconds
   */
  public static String format(Duration delay) {
    // More than seven digits would be read as a date, that is, not at all.
    Duration cut = delay.compareTo(MAX) > 0 ? MAX : delay;
    long seconds = cut.isNegative() ? 0 : cut.getSeconds() + (cut.getNano() > 0 ? 1 : 0);
    return Long.toString(seconds);
  }

  /**
   * Writes an instant.
   *
   * @param time when to try again
   * @return the instant in ISO-8601 form, UTC
   */
  public static String format(Instant time) {
    // Years of more or fewer than four digits are no date to the server.
    Instant past = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    Instant cut = past.isAfter(LATEST) ? LATEST : past;
    return DateTimeFormatter.ISO_INSTANT.format(cut.truncatedTo(ChronoUnit.MILLIS));
  }

  /**
   * Reads a header as the server does: a text of at most seven characters is seconds counted from
   * the start of the present second, anything longer a date; the result lies between one second and
   * {@link #MAX} from now.
   *
   * @param header the text of the header
   * @param now the present
   * @return when to try again, or empty if the text cannot be read
   */
  public static Optional<Instant> parse(String header, Instant now) {
    String text = header.strip();
    Instant time;
    try {
      time =
          text.length() <= MAX_SECONDS_LENGTH
              ? now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(Long.parseLong(text))
              : date(text);
    } catch (NumberFormatException | DateTimeException unreadable) {
      return Optional.empty();
    }
    Instant cut = now.truncatedTo(ChronoUnit.SECONDS);
    if (time.isBefore(cut.plusSeconds(1))) {
      return Optional.of(cut.plusSeconds(1));
    }
    return Optional.of(time.isAfter(now.plus(MAX)) ? now.plus(MAX) : time);
  }

  private static Instant date(String text) {
    if (text.indexOf(',') > 0) {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    boolean zoned = text.endsWith("Z") || text.indexOf('+', 10) > 0 || text.indexOf('-', 10) > 0;
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}
