package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SagaTest {
  private static String userland(Answer answer) {
    return answer.operation().path("userland").path("id").asText();
  }

  private static App order(List<String> log) {
    return App.function(
        (event, step) ->
            step.saga(
                undo -> {
                  step.run("charge", () -> log.add("charge"));
                  undo.step(() -> log.add("refund"));
                  step.run("reserve", () -> log.add("reserve"));
                  undo.step("release", () -> log.add("release"));
                  step.run("ship", () -> log.add("ship"));
                  return "shipped";
                }));
  }

  @Test
  void aSagaThatSucceedsUndoesNothing() {
    List<String> log = new ArrayList<>();
    Call done = Call.first().done("charge", "null").done("reserve", "null").done("ship", "null");
    assertThat(order(log).call(done).text()).isEqualTo("\"shipped\"");
    assertThat(log).isEmpty();
  }

  @Test
  void stepsAreUndoneInReverseWhenALaterOneFails() {
    List<String> log = new ArrayList<>();
    App app = order(log);
    Call call =
        Call.first().done("charge", "null").done("reserve", "null").failed("ship", "E", "no truck");
    assertThat(userland(app.call(call))).isEqualTo("release");
    call.done("release", "null");
    assertThat(userland(app.call(call))).isEqualTo("undo-charge");
    call.done("undo-charge", "null");
    Answer end = app.call(call);
    assertThat(end.status()).isEqualTo(400);
    assertThat(end.json().path("message").asText()).isEqualTo("no truck");
    assertThat(log).containsExactly("release", "refund");
  }

  @Test
  void whatCannotBeUndoneDoesNotKeepTheRestFromIt() {
    List<Throwable> suppressed = new ArrayList<>();
    App app =
        App.function(
            (event, step) -> {
              try {
                return step.saga(
                    undo -> {
                      undo.step("first", () -> {});
                      undo.step("second", () -> {});
                      step.run("bad", () -> {});
                      return 1;
                    });
              } catch (StepFailedException e) {
                suppressed.addAll(List.of(e.getSuppressed()));
                return e.getMessage();
              }
            });
    Call call = Call.first().failed("bad", "E", "bad").failed("second", "E", "stuck");
    assertThat(userland(app.call(call))).isEqualTo("first");
    assertThat(app.call(call.done("first", "null")).text()).isEqualTo("\"bad\"");
    assertThat(suppressed)
        .hasSize(1)
        .first()
        .hasToString("dev.vibecoder.inngest.StepFailedException: stuck");
  }

  /** Half of it undone, the rest must be undone as well, whatever the code does next time. */
  @Test
  void thatASagaFailedOutsideItsStepsIsRemembered() {
    AtomicInteger calls = new AtomicInteger();
    App app =
        App.function(
            (event, step) -> {
              try {
                return step.saga(
                    undo -> {
                      step.run("charge", () -> {});
                      undo.step(() -> {});
                      if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("only now");
                      }
                      step.run("ship", () -> {});
                      return "shipped";
                    });
              } catch (StepFailedException e) {
                return "undone: " + e.getMessage();
              }
            });
    Call call = Call.first().done("charge", "null");
    JsonNode decision = app.call(call).operation();
    assertThat(decision.path("op").asText()).isEqualTo("StepRun");
    assertThat(decision.path("userland").path("id").asText()).isEqualTo(":saga");
    call.done(":saga", decision.path("data").toString());
    assertThat(userland(app.call(call))).isEqualTo("undo-charge");
    assertThat(app.call(call.done("undo-charge", "null")).text()).isEqualTo("\"undone: only now\"");
  }

  @Test
  void anExceptionThatComesAgainIsThrownAsItself() {
    App app =
        App.function(
            (event, step) -> {
              try {
                return step.saga(
                    undo -> {
                      step.run("charge", () -> {});
                      undo.steps(() -> step.run("refund", () -> {}));
                      throw new UnsupportedOperationException("sold out");
                    });
              } catch (UnsupportedOperationException e) {
                return e.getMessage();
              }
            });
    Call call = Call.first().done("charge", "null");
    assertThat(userland(app.call(call))).isEqualTo(":saga");
    call.done(":saga", "{\"name\":\"E\",\"message\":\"sold out\"}");
    assertThat(userland(app.call(call))).isEqualTo("refund");
    assertThat(app.call(call.done("refund", "null")).text()).isEqualTo("\"sold out\"");
  }

  @Test
  void aSagaWithNothingToUndoJustFails() {
    App app =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      throw new IllegalStateException("at once");
                    }));
    assertThat(app.call(Call.first()).status()).isEqualTo(500);
  }

  @Test
  void undoingWithoutAStepBeforeOrAfterTheSagaIsAnError() {
    App nothing =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      undo.step(() -> {});
                      return 1;
                    }));
    assertThat(nothing.call(Call.first()).json().path("name").asText())
        .isEqualTo(StepUsageException.class.getName());
    App late =
        App.function(
            (event, step) -> {
              var kept = step.saga(undo -> undo);
              kept.step("x", () -> {});
              return 1;
            });
    assertThat(late.call(Call.first()).json().path("message").asText()).contains("ended");
  }
}
