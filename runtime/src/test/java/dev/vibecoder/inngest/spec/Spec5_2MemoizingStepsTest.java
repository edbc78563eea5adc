package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Section 5.2: what is remembered of steps is given back, and they are neither run nor reported.
 */
class Spec5_2MemoizingStepsTest {
  private final AtomicInteger bodies = new AtomicInteger();
  private final App app =
      App.function(
          (event, step) ->
              step.run(
                  "one",
                  String.class,
                  () -> {
                    bodies.incrementAndGet();
                    return "new";
                  }));

  @Test
  void dataIsGivenBackAndTheStepIsNotReportedAgain() {
    Answer answer = app.call(Call.first().done("one", "\"remembered\""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("\"remembered\"");
    assertThat(bodies).hasValue(0);
  }

  @Test
  void anErrorIsThrownAsOneThatCanBeCaughtAndTellsItsNameAndMessage() {
    App catching =
        App.function(
            (event, step) -> {
              try {
                return step.run("one", String.class, () -> "new");
              } catch (StepFailedException failed) {
                return failed.name() + ": " + failed.getMessage();
              }
            });
    assertThat(catching.call(Call.first().failed("one", "PaymentError", "declined")).text())
        .isEqualTo("\"PaymentError: declined\"");
  }

  @Test
  void anErrorThatIsNotCaughtEndsTheRunWithTheErrorAsItWasRecorded() {
    Answer answer = app.call(Call.first().failed("one", "PaymentError", "declined"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.noRetry()).isEqualTo("true");
    assertThat(answer.json().path("name").asText()).isEqualTo("PaymentError");
    assertThat(answer.json().path("message").asText()).isEqualTo("declined");
    assertThat(answer.json().path("stack").asText()).isEqualTo("recorded stack");
    assertThat(bodies).hasValue(0);
  }

  @Test
  void onlyANewStepIsReported() {
    App two =
        App.function(
            (event, step) -> {
              step.run("one", () -> {});
              step.run("two", () -> {});
              return null;
            });
    assertThat(two.call(Call.first().done("one", "null")).operation().path("displayName").asText())
        .isEqualTo("two");
  }
}
