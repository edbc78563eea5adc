package dev.vibecoder.inngest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vibecoder.inngest.protocol.DurationText;
import dev.vibecoder.inngest.protocol.EventIdSeed;
import dev.vibecoder.inngest.protocol.RetryAfter;
import dev.vibecoder.inngest.protocol.Ulid;
import java.time.Duration;

/** Texts of times: each is one or none, and what is written can be read. */
class TimeTextFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void everyTextIsATimeOrNone(FuzzedDataProvider data) {
    Duration duration = Duration.ofSeconds(data.consumeLong(0, 366L * 86_400), data.consumeInt());
    String text = data.consumeRemainingAsString();

    DurationText.parse(text)
        .ifPresent(parsed -> assertThat(parsed).as("read from %s", text).isNotNull());
    RetryAfter.parse(text, FuzzedApp.NOW);
    Ulid.time(text);
    EventIdSeed.parse(text);
    if (!duration.isNegative()) {
      assertThat(DurationText.parse(DurationText.format(duration)))
          .get()
          .satisfies(
              read -> {
                assertThat(read).isGreaterThanOrEqualTo(duration);
                assertThat(read.minus(duration)).isLessThan(Duration.ofSeconds(1));
              });
    }
  }
}
