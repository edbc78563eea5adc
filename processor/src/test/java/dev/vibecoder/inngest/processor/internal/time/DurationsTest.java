package dev.vibecoder.inngest.processor.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "1d12h, PT36H",
    "1w, PT168H",
    "1.5h, PT1H30M",
    ".5s, PT0.5S",
    "5.s, PT5S",
    "1h30m10s, PT1H30M10S",
    "10s1h, PT1H10S",
    "1ms, PT0.001S",
    "1us, PT0.000001S",
    "1µs, PT0.000001S",
    "1μs, PT0.000001S",
    "1ns, PT0.000000001S",
    "-1h, PT-1H",
    "+1h, PT1H",
    "0, PT0S",
    "-0, PT0S",
    "0s, PT0S",
    "15250w, PT2562000H",
  })
  void durationsAreReadAsTheServerReadsThem(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "1",
        "10",
        "s",
        ".s",
        "1 s",
        " 1s",
        "1s ",
        "1S",
        "1H",
        "1h 30m",
        "PT1H",
        "1y",
        "1mo",
        "1m2",
        "--1s",
        "1.2.3s",
        "1e3s",
        "15251w",
        "999999999999999999999d",
        "1h-5m",
        "٣s",
      })
  void whatTheServerDoesNotReadIsNone(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d", "1w", "1d12h", "1h1d"})
  void theStandardParserHasNoDays(String text) {
    assertThat(Durations.parse(text)).isPresent();
    assertThat(Durations.parseWithoutDays(text)).isEmpty();
  }

  @Test
  void nothingThatIsWrittenBreaksIt() {
    String signs = "0123456789.+-smhdwuµn eE٣\u0000";
    Random random = new Random(7);
    for (int n = 0; n < 5_000; n++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(n % 100 == 0 ? 400 : 10);
      for (int i = 0; i < length; i++) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      String written = text.toString();
      Durations.parseWithoutDays(written)
          .ifPresent(duration -> assertThat(Durations.parse(written)).contains(duration));
    }
  }
}
