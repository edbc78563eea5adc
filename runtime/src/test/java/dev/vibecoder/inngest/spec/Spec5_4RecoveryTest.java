package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.LogLines;
import org.junit.jupiter.api.Test;

/** Sections 5.4 and 5.5: the order in which steps were done, code that changed, parallel steps. */
class Spec5_4RecoveryTest {
  private static final FunctionHandler<JsonEvent> RACE =
      (event, step) ->
          step.race(
              () -> step.run("a", String.class, () -> "a"),
              () -> step.run("b", String.class, () -> "b"));

  private static final FunctionHandler<JsonEvent> PARALLEL =
      (event, step) -> {
        var both =
            step.parallel(
                () -> step.run("a", String.class, () -> "a"),
                () -> step.run("b", String.class, () -> "b"));
        return both.first() + both.second();
      };

  @Test
  void theStepThatWasDoneFirstWinsWhateverTheOrderOfTheCode() {
    App app = App.function(RACE);
    assertThat(app.call(Call.first().done("a", "\"A\"").done("b", "\"B\"")).text())
        .isEqualTo("\"A\"");
    assertThat(app.call(Call.first().done("b", "\"B\"").done("a", "\"A\"")).text())
        .isEqualTo("\"B\"");
  }

  @Test
  void afterAChangeOfTheCodeTheRunGoesOnAndPeopleAreWarned() {
    App app = App.function((event, step) -> step.run("new", String.class, () -> "n"));
    Call changed = Call.first().done("old", "1");
    assertThat(app.call(changed).operation().path("displayName").asText()).isEqualTo("new");
    try (LogLines log = new LogLines()) {
      assertThat(app.call(changed.done("new", "\"n\"")).text()).isEqualTo("\"n\"");
      assertThat(log.lines("FunctionExecutor"))
          .anyMatch(line -> line.contains("without coming by remembered steps"));
    }
  }

  @Test
  void parallelStepsAreReportedTogetherAndRunOnlyWhenTheyAreAskedFor() {
    App app = App.function(PARALLEL);
    Answer found = app.call(Call.first());
    assertThat(found.status()).isEqualTo(206);
    assertThat(found.json().findValuesAsText("op")).containsExactly("StepPlanned", "StepPlanned");
    assertThat(app.call(Call.first().target("b")).operation().path("data").asText()).isEqualTo("b");
    assertThat(app.call(Call.first().done("b", "\"B\"").done("a", "\"A\"")).text())
        .isEqualTo("\"AB\"");
  }
}
