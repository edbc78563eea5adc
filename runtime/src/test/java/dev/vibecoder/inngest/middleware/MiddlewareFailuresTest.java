package dev.vibecoder.inngest.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.LogLines;
import dev.vibecoder.inngest.support.Recorder;
import dev.vibecoder.inngest.support.Trees;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MiddlewareFailuresTest {
  private static final FunctionHandler<JsonEvent> ONE_STEP =
      (event, step) -> step.run("one", String.class, () -> "1");

  private static FunctionDefinition function(FunctionHandler<JsonEvent> code) {
    return FunctionDefinition.define("fn").on("test/event").handle(code);
  }

  /** Named, so that it can be found in messages. */
  private abstract static class Named implements Middleware {
    @Override
    public String name() {
      return "shaky";
    }
  }

  private static final Middleware FAILS_BEFORE =
      new Named() {
        @Override
        public void beforeMemoization(CallContext call) {
          throw new IllegalStateException("not today");
        }
      };

  @Test
  void aHookThatFailsBeforeTheFunctionFailsTheAttemptByName() {
    AtomicInteger calls = new AtomicInteger();
    List<String> log = Recorder.log();
    App app =
        App.with(
            List.of(FAILS_BEFORE, new Recorder("", log)),
            function((event, step) -> calls.incrementAndGet()));
    Answer answer = app.call(Call.first());
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.noRetry()).isEqualTo("false");
    assertThat(answer.json().path("name").asText()).contains("MiddlewareException");
    assertThat(answer.json().path("message").asText())
        .isEqualTo("beforeMemoization of the middleware \"shaky\" failed: not today");
    assertThat(answer.json().path("cause").path("name").asText())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(calls).hasValue(0);
    assertThat(log)
        .contains("onRunError beforeMemoization of the middleware \"shaky\" failed: not today")
        .doesNotContain("beforeExecution", "wrapFunction(", "afterExecution THREW");
  }

  @Test
  void whetherAndWhenToTryAgainIsTheHooksToSay() {
    Middleware never =
        new Named() {
          @Override
          public List<EventEnvelope> transformEvents(CallContext call, List<EventEnvelope> events) {
            throw new NonRetriableException("never");
          }
        };
    Answer last = App.with(List.of(never), function(ONE_STEP)).call(Call.first());
    assertThat(last.status()).isEqualTo(400);
    assertThat(last.noRetry()).isEqualTo("true");
    Middleware later =
        new Named() {
          @Override
          public void onStepStart(CallContext call, StepInfo step) {
            throw new RetryAfterException("later", Duration.ofSeconds(7));
          }
        };
    Answer again = App.with(List.of(later), function(ONE_STEP)).call(Call.first());
    assertThat(again.operation().path("op").asText()).isEqualTo("StepError");
    assertThat(again.retryAfter()).isNotEqualTo("absent");
  }

  @Test
  void aHookBeforeABodyFailsTheStepAndTheBodyDoesNotRun() {
    AtomicInteger bodies = new AtomicInteger();
    Middleware fails =
        new Named() {
          @Override
          public void onStepStart(CallContext call, StepInfo step) {
            throw new IllegalStateException("closed");
          }
        };
    List<String> log = Recorder.log();
    App app =
        App.with(
            List.of(fails, new Recorder("", log)),
            function((event, step) -> step.run("one", Integer.class, bodies::incrementAndGet)));
    Answer answer = app.call(Call.first());
    assertThat(answer.operation().path("op").asText()).isEqualTo("StepError");
    assertThat(answer.operation().path("error").path("message").asText())
        .isEqualTo("onStepStart of the middleware \"shaky\" failed: closed");
    assertThat(bodies).hasValue(0);
    assertThat(log).anyMatch(line -> line.startsWith("onStepError one onStepStart"));
  }

  @Test
  void whatAWrappingHookThrowsIsWhatTheStepThrows() {
    Middleware conflict =
        new Named() {
          @Override
          public @Nullable Object wrapStep(
              CallContext call, StepInfo step, Next<@Nullable Object> next) throws Exception {
            next.proceed();
            throw new IllegalStateException("commit failed");
          }
        };
    Answer answer = App.with(List.of(conflict), function(ONE_STEP)).call(Call.first());
    assertThat(answer.operation().path("error").path("name").asText())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(answer.operation().path("error").path("message").asText())
        .isEqualTo("commit failed");
  }

  private static final Middleware UNREADABLE =
      new Named() {
        @Override
        public JsonPayload transformMemo(CallContext call, StepInfo step, JsonPayload memo) {
          throw new IllegalStateException("wrong key");
        }
      };

  @Test
  void aFunctionCannotSwallowTheFailureOfAHook() {
    AtomicInteger bodies = new AtomicInteger();
    App app =
        App.with(
            List.of(UNREADABLE),
            function(
                (event, step) -> {
                  try {
                    step.run("one", String.class, () -> "1");
                  } catch (Exception e) {
                    step.run("instead", Integer.class, bodies::incrementAndGet);
                  }
                  return "all is well";
                }));
    Answer answer = app.call(Call.first().done("one", "\"1\""));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("message").asText())
        .isEqualTo("transformMemo of the middleware \"shaky\" failed: wrong key");
    assertThat(bodies).hasValue(0);
  }

  @Test
  void aFunctionThatSwallowsItAndReturnsFailsAllTheSame() {
    App app =
        App.with(
            List.of(UNREADABLE),
            function(
                (event, step) -> {
                  try {
                    return step.run("one", String.class, () -> "1");
                  } catch (Exception e) {
                    throw new NonRetriableException("mine", e);
                  }
                }));
    Answer answer = app.call(Call.first().done("one", "\"1\""));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("message").asText()).contains("wrong key");
  }

  @Test
  void inAGroupTheFailureOfAHookComesBeforeWhatIsReported() {
    FunctionHandler<JsonEvent> code =
        (event, step) -> {
          var both =
              step.parallel(
                  () -> step.run("a", String.class, () -> "a"),
                  () -> step.run("b", String.class, () -> "b"));
          return both.first();
        };
    App app = App.with(List.of(UNREADABLE), function(code));
    Answer answer = app.call(Call.first().done("b", "\"b\""));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("message").asText()).contains("wrong key");
  }

  @Test
  void aBodyThatRanIsReportedEvenIfAHookFailsBesideIt() {
    FunctionHandler<JsonEvent> code =
        (event, step) -> {
          var both =
              step.parallel(
                  () -> step.run("a", String.class, () -> "a"),
                  () -> step.run("b", String.class, () -> "b"));
          return both.first();
        };
    App app = App.with(List.of(UNREADABLE), function(code));
    Answer answer = app.call(Call.first().done("b", "\"b\"").target("a"));
    assertThat(answer.operation().path("data").asText()).isEqualTo("a");
  }

  @Test
  void theFailureOfAChangedInputFailsTheCall() {
    Middleware fails =
        new Named() {
          @Override
          public ObjectNode transformStepInput(CallContext call, StepInfo step, ObjectNode input) {
            throw new IllegalStateException("no key");
          }
        };
    App app =
        App.with(
            List.of(fails),
            function(
                (event, step) ->
                    step.invoke(
                        "call",
                        FunctionRef.<ObjectNode, String>of("o", TypeRef.of(String.class)),
                        Trees.object("{}"))));
    Answer answer = app.call(Call.first());
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("message").asText())
        .isEqualTo("transformStepInput of the middleware \"shaky\" failed: no key");
  }

  @Test
  void aHookThatIsToldOfDoneWorkCannotUndoItAndIsLogged() {
    Middleware fails =
        new Named() {
          @Override
          public void onStepComplete(CallContext call, StepInfo step, JsonPayload output) {
            throw new IllegalStateException("metrics are down");
          }

          @Override
          public void afterExecution(CallContext call, CallEnd end) {
            throw new AssertionError("broken too");
          }
        };
    List<String> log = Recorder.log();
    App app = App.with(List.of(fails, new Recorder("", log)), function(ONE_STEP));
    Answer answer;
    String text;
    try (LogLines lines = new LogLines()) {
      answer = app.call(Call.first());
      text = lines.text();
    }
    assertThat(answer.operation().path("op").asText()).isEqualTo("StepRun");
    assertThat(text)
        .contains("ERROR")
        .contains("onStepComplete of the middleware \"shaky\" failed in run " + Call.RUN_ID)
        .contains("metrics are down")
        .contains("afterExecution of the middleware \"shaky\" failed")
        .contains("broken too");
    assertThat(log).contains("onStepComplete one \"1\"", "afterExecution STEPS_REPORTED");
  }

  @Test
  void aFailingRequestHookIsAnsweredWith500AndLogged() {
    Middleware fails =
        new Named() {
          @Override
          public AppResponse wrapRequest(
              CallContext call, AppRequest request, Next<AppResponse> next) throws Exception {
            throw new IOException("no session");
          }
        };
    App app = App.with(List.of(fails), function(ONE_STEP));
    Answer answer;
    String text;
    try (LogLines lines = new LogLines()) {
      answer = app.call(Call.first());
      text = lines.text();
    }
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("message").asText())
        .isEqualTo("Middleware failed in wrapRequest: no session");
    assertThat(text).contains("ERROR").contains("no session").contains(Call.RUN_ID);
  }

  @Test
  void aBodyCannotBeRunTwiceInOneAttempt() {
    AtomicInteger bodies = new AtomicInteger();
    Middleware twice =
        new Named() {
          @Override
          public @Nullable Object wrapStep(
              CallContext call, StepInfo step, Next<@Nullable Object> next) throws Exception {
            next.proceed();
            return next.proceed();
          }
        };
    App app =
        App.with(
            List.of(twice),
            function((event, step) -> step.run("one", Integer.class, bodies::incrementAndGet)));
    assertThat(app.call(Call.first()).operation().path("error").path("message").asText())
        .contains("wrapStep of the middleware \"shaky\" called proceed() a second time");
    assertThat(bodies).hasValue(1);
  }

  @Test
  void stepsAreNotCalledAroundAStep() {
    Middleware nests =
        new Named() {
          private final ContextKey<Steps> steps = ContextKey.of("steps");

          @Override
          public @Nullable Object wrapFunction(
              CallContext call, Steps step, Next<@Nullable Object> next) throws Exception {
            call.put(steps, step);
            return next.proceed();
          }

          @Override
          public @Nullable Object wrapStepCall(
              CallContext call, StepInfo step, Next<@Nullable Object> next) throws Exception {
            call.get(steps).orElseThrow().run("nested", String.class, () -> "x");
            return next.proceed();
          }
        };
    Answer answer = App.with(List.of(nests), function(ONE_STEP)).call(Call.first());
    assertThat(answer.json().path("message").asText())
        .contains("\"nested\" was called in the hook wrapStepCall")
        .contains("wrapFunction");
  }

  @Test
  void eventsCanBeChangedButNotAddedOrRemoved() {
    Middleware drops =
        new Named() {
          @Override
          public List<EventEnvelope> transformEvents(CallContext call, List<EventEnvelope> events) {
            return List.of();
          }
        };
    assertThat(
            App.with(List.of(drops), function(ONE_STEP))
                .call(Call.first())
                .json()
                .path("message")
                .asText())
        .isEqualTo(
            "transformEvents of the middleware \"shaky\" made 0 events of 1. It may change events,"
                + " not add or remove any.");
  }

  @Test
  // As middleware that was compiled without null checks would.
  @SuppressWarnings("NullAway")
  void nullInPlaceOfAPayloadIsRefused() {
    Middleware forgets =
        new Named() {
          @Override
          public JsonPayload transformOutput(CallContext call, JsonPayload output) {
            return null;
          }
        };
    assertThat(
            App.with(List.of(forgets), function((event, step) -> "x"))
                .call(Call.first())
                .json()
                .path("message")
                .asText())
        .isEqualTo(
            "transformOutput of the middleware \"shaky\" gave null. Give back what it was handed.");
  }

  @Test
  void anAppWhoseMiddlewareCannotBeRegisteredDoesNotStart() {
    Middleware fails =
        new Named() {
          @Override
          public void onRegister(RegistrationContext registration) {
            throw new IllegalStateException("no licence");
          }
        };
    assertThatThrownBy(() -> App.with(List.of(fails), function(ONE_STEP)))
        .isInstanceOf(MiddlewareException.class)
        .hasMessage("onRegister of the middleware \"shaky\" failed: no licence");
  }
}
