package dev.vibecoder.inngest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant SECOND = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({"PT0S,0", "PT-3S,0", "PT0.001S,1", "PT1S,1", "PT1.5S,2", "PT1H,3600", "PT24H,86400"})
  void writesSecondsRoundedUp(Duration delay, String header) {
    assertThat(RetryAfter.format(delay)).isEqualTo(header);
  }

  @Test
  void writesAnInstantInUtc() {
    assertThat(RetryAfter.format(Instant.parse("2026-01-02T03:04:05.678999Z")))
        .isEqualTo("2026-01-02T03:04:05.678Z");
  }

  /** Seconds are counted from the start of the present second, so 1 is less than one second. */
  @ParameterizedTest
  @CsvSource({"2,2", "10,10", " 10 ,10", "3600,3600", "86400,86400"})
  void readsUpToSevenCharactersAsSeconds(String header, long seconds) {
    assertThat(RetryAfter.parse(header, NOW)).contains(SECOND.plusSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "-5", "2026-01-02T03:04:05Z", "2001-01-01"})
  void waitsAtLeastOneSecond(String header) {
    assertThat(RetryAfter.parse(header, NOW)).contains(SECOND.plusSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999", "90000", "2026-02-02T03:04:05Z", "2030-01-01"})
  void waitsAtMostADay(String header) {
    assertThat(RetryAfter.parse(header, NOW)).contains(NOW.plus(Duration.ofHours(24)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T04:00:00Z",
        "2026-01-02T04:00:00.000Z",
        "2026-01-02T06:00:00+02:00",
        "2026-01-01T23:00:00-05:00",
        "2026-01-02T04:00:00",
        "Fri, 02 Jan 2026 04:00:00 GMT"
      })
  void readsDates(String header) {
    assertThat(RetryAfter.parse(header, NOW)).contains(Instant.parse("2026-01-02T04:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1.5", "12345678", "2026-13-01", "2026-01-02T99:00:00Z"})
  void ignoresTheRest(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isEmpty();
  }

  static Stream<String> extremes() {
    return Stream.of(
        RetryAfter.format(Duration.ofDays(116)),
        RetryAfter.format(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
        RetryAfter.format(Duration.ofSeconds(Long.MIN_VALUE)),
        RetryAfter.format(Instant.MAX),
        RetryAfter.format(Instant.MIN));
  }

  /** Otherwise the server would ignore the wish and use its own, much shorter delay. */
  @ParameterizedTest
  @MethodSource("extremes")
  void whatIsWrittenCanAlwaysBeRead(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isPresent();
    assertThat(header).matches("\\d{1,7}|\\d{4}-\\d\\d-\\d\\dT.*Z");
  }
}
