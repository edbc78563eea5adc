package dev.vibecoder.inngest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S,0s",
    "PT-5S,0s",
    "PT0.000000001S,1s",
    "PT0.3S,1s",
    "PT1S,1s",
    "PT1.001S,2s",
    "PT60S,1m",
    "PT90S,1m30s",
    "PT24H,1d",
    "P7D,1w",
    "P9DT3H4M5S,1w2d3h4m5s",
    "P366D,52w2d"
  })
  void writesWholeSecondsRoundedUp(Duration duration, String text) {
    assertThat(DurationText.format(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "1w2d3h4m5s,P9DT3H4M5S",
    "1.5h,PT1H30M",
    ".5s,PT0.5S",
    "1.s,PT1S",
    "-1.5h,PT-1H-30M",
    "+2s,PT2S",
    "100ms,PT0.1S",
    "7us,PT0.000007S",
    "7µs,PT0.000007S",
    "7μs,PT0.000007S",
    "9ns,PT0.000000009S",
    "1m1ms,PT1M0.001S",
    "2s1s,PT3S"
  })
  void readsWhatTheServerReads(String text, Duration duration) {
    assertThat(DurationText.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "1",
        "s",
        ".s",
        "1 s",
        " 1s",
        "1s ",
        "PT1S",
        "1y",
        "1S",
        "--1s",
        "1h30",
        "1e3s",
        "1_000s",
        "99999999999999999999w",
        "20000w"
      })
  void refusesWhatTheServerRefuses(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @Test
  void refusesAnEndlessText() {
    assertThat(DurationText.parse("1s".repeat(1_000_000))).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadBackRoundedUpToSeconds() {
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      Duration duration =
          Duration.ofSeconds(random.nextLong(9_000_000_000L >> random.nextInt(34)), nanos(random));
      Duration read = DurationText.parse(DurationText.format(duration)).orElseThrow();
      assertThat(read.minus(duration))
          .as("%s", duration)
          .isGreaterThanOrEqualTo(Duration.ZERO)
          .isLessThan(Duration.ofSeconds(1));
      assertThat(read.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)).isEqualTo(read);
    }
  }

  private static int nanos(Random random) {
    return random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
  }
}
