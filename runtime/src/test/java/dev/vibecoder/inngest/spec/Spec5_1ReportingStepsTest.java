package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 5.1: how steps are reported. */
class Spec5_1ReportingStepsTest {
  private static final App LOOP =
      App.function(
          (event, step) -> {
            for (int i = 0; i < 3; i++) {
              step.sleep("my-step-id", Duration.ofSeconds(1));
            }
            return "done";
          });

  @Test
  void stepsAreReportedInAnArrayWith206() {
    Answer answer = LOOP.call(Call.first());
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.json().isArray()).isTrue();
    JsonNode operation = answer.operation();
    assertThat(operation.path("id").asText())
        .isEqualTo("e7d8a2f140845095749d60246ff1110c9d01d76a")
        .isEqualTo(StepHash.of("my-step-id"));
    assertThat(operation.path("op").asText()).isEqualTo("Sleep");
    assertThat(operation.path("displayName").asText()).isEqualTo("my-step-id");
  }

  @Test
  void theRepeatsOfAnIdAreNumberedFromTheSecondOn() {
    Call call = Call.first();
    for (String id : List.of("my-step-id", "my-step-id:1", "my-step-id:2")) {
      assertThat(LOOP.call(call).operation().path("id").asText()).isEqualTo(StepHash.of(id));
      call = call.memo(id, "null");
    }
    assertThat(LOOP.call(call).text()).isEqualTo("\"done\"");
  }

  @Test
  void theSameCallGetsTheSameAnswer() {
    assertThat(LOOP.call(Call.first().memo("my-step-id", "null")).text())
        .isEqualTo(LOOP.call(Call.first().memo("my-step-id", "null")).text());
  }
}
