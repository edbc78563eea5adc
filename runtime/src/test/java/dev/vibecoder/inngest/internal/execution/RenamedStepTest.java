package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import org.junit.jupiter.api.Test;

class RenamedStepTest {
  private static StepDefinition<String> step(String id) {
    return StepDefinition.of(id, StepHash.of(id), TypeRef.of(String.class));
  }

  // --- the key for services that accept one ---

  private static String key(StepDefinition<String> definition, Call call) {
    App app =
        App.function(
            (event, step) -> definition.call(() -> StepContext.current().idempotencyKey()));
    return app.call(call).operation().path("data").asText();
  }

  /** Else the retry after a deployment would charge again what was charged and not reported. */
  @Test
  void theIdempotencyKeyOutlivesARename() {
    String before = key(step("charge"), Call.first());
    assertThat(before).isEqualTo(Call.RUN_ID + "/charge");
    StepDefinition<String> renamed = step("capture").formerly("charge");
    assertThat(key(renamed, Call.first().target("charge").attempt(1, 4))).isEqualTo(before);
    assertThat(key(renamed, Call.first().attempt(1, 4))).isEqualTo(before);
    assertThat(key(step("collect").formerly("capture", "charge"), Call.first().attempt(2, 4)))
        .isEqualTo(before);
  }

  // --- one memo, one step ---

  private static void refused(App app, Call call) {
    Answer answer = app.call(call);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("name").asText()).isEqualTo(StepUsageException.class.getName());
    assertThat(answer.json().path("message").asText()).contains("\"a\"", "\"b\"");
  }

  @Test
  void aNewStepIsNotGivenWhatARenamedOneLeft() {
    App renamedFirst =
        App.function(
            (event, step) ->
                step("b").formerly("a").call(() -> "b") + step.run("a", String.class, () -> "a"));
    refused(renamedFirst, Call.first().done("a", "\"old a\""));
    App newFirst =
        App.function(
            (event, step) ->
                step.run("a", String.class, () -> "a") + step("b").formerly("a").call(() -> "b"));
    refused(newFirst, Call.first().done("a", "\"old a\""));
  }

  @Test
  void twoStepsCannotHaveHadOneId() {
    App app =
        App.function(
            (event, step) ->
                step("b").formerly("a").call(() -> "b") + step("c").formerly("a").call(() -> "c"));
    refused(app, Call.first().done("a", "\"old a\""));
  }

  @Test
  void aRenamedStepCanBeRepeatedAndCanNameItsOwnIdAmongTheFormer() {
    App app =
        App.function(
            (event, step) -> {
              StepDefinition<String> renamed = step("b").formerly("b", "a");
              return renamed.call(() -> "x") + renamed.call(() -> "y");
            });
    assertThat(app.call(Call.first().done("a", "\"1\"").done("a:1", "\"2\"")).text())
        .isEqualTo("\"12\"");
  }

  @Test
  void theSameInABranchesOfAGroupIsRefusedToo() {
    App app =
        App.function(
            (event, step) ->
                step.parallel(
                        () -> step("b").formerly("a").call(() -> "b"),
                        () -> step.run("a", String.class, () -> "a"))
                    .first());
    refused(app, Call.first().done("a", "\"old a\"").done("b", "\"b\""));
  }

  // --- what is known before any run ---

  private static void define(StepDefinition<?>... steps) {
    FunctionDefinition.define("fn").on("a/b").steps(steps).handle((event, step) -> null);
  }

  @Test
  void stepsThatShareAnIdNowOrFormerlyAreRefusedWhenTheFunctionIsDefined() {
    assertThatThrownBy(() -> define(step("a"), step("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fn")
        .hasMessageContaining("\"a\" twice");
    assertThatThrownBy(() -> define(step("b").formerly("a"), step("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\"")
        .hasMessageContaining("\"b\"");
    assertThatThrownBy(() -> define(step("b").formerly("a"), step("c").formerly("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"b\" and \"c\"");
    define(step("b").formerly("b", "a", "a"), step("c"));
  }
}
