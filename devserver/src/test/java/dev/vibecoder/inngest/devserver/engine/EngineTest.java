package dev.vibecoder.inngest.devserver.engine;

import static dev.vibecoder.inngest.devserver.engine.EngineBench.answer;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.failureHandler;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.function;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.json;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.ok;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.operations;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.planned;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.sleep;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.stepFailure;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.stepRun;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.devserver.engine.EngineBench.SeenCall;
import dev.vibecoder.inngest.protocol.StepHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
  private final EngineBench bench = new EngineBench();

  @AfterEach
  void stop() {
    bench.close();
  }

  private static AppTransport.Answer threeSteps(SeenCall call) {
    if (!call.has("one")) {
      return operations(stepRun("one", "{\"n\":1}"));
    }
    if (!call.has("two")) {
      return operations(stepRun("two", "null"));
    }
    return call.has("three") ? ok("\"done\"") : operations(stepRun("three", "[1,2]"));
  }

  @Test
  void runsStepByStepAndRemembersEach() {
    bench.app(EngineTest::threeSteps, function("three", "demo/go", null));

    bench.send("demo/go", "{\"id\":7}");

    JsonNode run = bench.run("three");
    assertThat(run.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(run.path("output").asText()).isEqualTo("done");
    assertThat(run.path("steps").findValuesAsText("name")).containsExactly("one", "two", "three");
    assertThat(bench.calls).hasSize(4);
    JsonNode last = bench.calls.get(3).body();
    assertThat(last.path("ctx").path("stack"))
        .isEqualTo(
            json(
                "{\"stack\":[\""
                    + String.join(
                        "\",\"", StepHash.of("one"), StepHash.of("two"), StepHash.of("three"))
                    + "\"],\"current\":3}"));
    assertThat(last.path("steps").path(StepHash.of("one"))).isEqualTo(json("{\"data\":{\"n\":1}}"));
    assertThat(last.path("steps").path(StepHash.of("two"))).isEqualTo(json("{\"data\":null}"));
    assertThat(last.path("version").asInt()).isEqualTo(2);
  }

  @Test
  void firstCallHasTheFormOfTheRealServer() {
    bench.app(call -> ok("1"), function("no-step", "demo/go", 2));

    bench.send("demo/go", "{\"id\":7}");

    SeenCall call = bench.calls.get(0);
    JsonNode context = call.body().path("ctx");
    assertThat(call.stepId()).isEqualTo("step");
    assertThat(call.body().path("version").asInt()).isEqualTo(-1);
    assertThat(call.headers()).containsEntry("X-Inngest-Req-Version", "-1");
    assertThat(context.path("attempt").asInt()).isZero();
    assertThat(context.path("max_attempts").asInt()).isEqualTo(3);
    assertThat(context.path("disable_immediate_execution").asBoolean(true)).isFalse();
    assertThat(call.body().path("event").path("user").isObject()).isTrue();
    assertThat(call.body().path("events")).hasSize(1);
    assertThat(call.body().path("steps")).isEmpty();
  }

  @Test
  void idsAreThoseOfTheRealServer() {
    assertThat(NameUuid.of("rec")).hasToString("3a884d6f-2b79-5ccb-ab1c-4a6df8a1957a");
    assertThat(NameUuid.of("no-stephttp://localhost:4000/api/inngest?fnId=rec-no-step&stepId=step"))
        .hasToString("310e5fa0-d034-5275-b768-8d5e1dacc7ed");
  }

  @ParameterizedTest
  @CsvSource({
    "api/v1/users, api/v1/users|api/*|api/v1/*",
    "app/user.created, app/user.created|app/*|app/user.*",
    "simple, simple"
  })
  void patternsOfAName(String name, String patterns) {
    assertThat(TriggerPatterns.of(name)).isEqualTo(Set.copyOf(List.of(patterns.split("\\|", -1))));
  }

  @Test
  void oneEventStartsEveryFunctionThatMatchesOnce() {
    bench.app(
        call -> ok("1"),
        function("exact", "foo/bar", null),
        function("pattern", "foo/*", null),
        function(
            "both",
            List.of(
                new dev.vibecoder.inngest.protocol.FunctionConfig.Trigger(
                    "foo/bar", null, null, null),
                new dev.vibecoder.inngest.protocol.FunctionConfig.Trigger(
                    "foo/*", null, null, null)),
            null),
        function("other", "bar/*", null));

    bench.send("foo/bar", "{}");

    assertThat(bench.runs())
        .extracting(run -> run.path("functionId").asText())
        .containsExactlyInAnyOrder("app-exact", "app-pattern", "app-both");
  }

  @Test
  void theSameEventIdStartsAFunctionOnceIn24Hours() {
    bench.app(call -> ok("1"), function("once", "demo/go", null));

    for (int i = 0; i < 5; i++) {
      bench.send("demo/go", "same-id", "{}", bench.clock.now());
    }
    assertThat(bench.runs()).hasSize(1);
    assertThat(bench.events("demo/go")).hasSize(5);

    bench.advance(Duration.ofHours(25));
    bench.send("demo/go", "same-id", "{}", bench.clock.now());
    assertThat(bench.runs()).hasSize(2);
  }

  @Test
  void aTimeInTheFutureDelaysTheStart() {
    bench.app(call -> ok("1"), function("later", "demo/go", null));

    bench.send("demo/go", "e", "{}", EngineBench.START.plusSeconds(60));

    assertThat(bench.calls).isEmpty();
    assertThat(bench.run("later").path("status").asText()).isEqualTo("SCHEDULED");
    bench.advance(Duration.ofSeconds(59));
    assertThat(bench.calls).isEmpty();
    bench.advance(Duration.ofSeconds(1));
    assertThat(bench.run("later").path("status").asText()).isEqualTo("COMPLETED");
  }

  @Test
  void retriesWithTheTableAndItsJitterUntilAttemptsAreUsedUp() {
    bench.app(
        call -> answer(500, "{\"name\":\"E\",\"message\":\"no\"}", Map.of()),
        function("fails", "demo/go", 2));

    bench.send("demo/go", "{}");
    assertThat(bench.calls).hasSize(1);
    bench.advance(Duration.ofSeconds(14));
    assertThat(bench.calls).hasSize(1);
    bench.advance(Duration.ofSeconds(31));
    assertThat(bench.calls).hasSize(2);
    bench.advance(Duration.ofSeconds(29));
    assertThat(bench.calls).hasSize(2);
    bench.advance(Duration.ofSeconds(31));

    assertThat(bench.calls).extracting(SeenCall::attempt).containsExactly(0, 1, 2);
    JsonNode run = bench.run("fails");
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("output").path("message").asText()).isEqualTo("no");
    assertThat(run.path("attempts")).hasSize(3);
  }

  @Test
  void everyQueueItemHasItsOwnAttempts() {
    bench.app(
        call -> {
          if (!call.has("one")) {
            return call.attempt() == 0
                ? answer(206, "[" + stepFailure("StepError", "one", "busy") + "]", Map.of())
                : operations(stepRun("one", "1"));
          }
          return call.attempt() == 0 ? answer(500, "{}", Map.of()) : ok("\"ok\"");
        },
        function("items", "demo/go", 1));

    bench.send("demo/go", "{}");
    bench.advance(Duration.ofMinutes(1));
    bench.advance(Duration.ofMinutes(1));

    assertThat(bench.calls).extracting(SeenCall::attempt).containsExactly(0, 1, 0, 1);
    assertThat(bench.run("items").path("status").asText()).isEqualTo("COMPLETED");
  }

  @Test
  void retryAfterReplacesTheTable() {
    bench.app(
        call ->
            call.attempt() == 0
                ? answer(500, "{}", Map.of("retry-after", "2", "x-inngest-no-retry", "false"))
                : ok("1"),
        function("soon", "demo/go", 1));

    bench.send("demo/go", "{}");
    bench.advance(Duration.ofMillis(1_999));
    assertThat(bench.calls).hasSize(1);
    bench.advance(Duration.ofMillis(1));

    assertThat(bench.run("soon").path("status").asText()).isEqualTo("COMPLETED");
  }

  @Test
  void noRetryIsFinal() {
    bench.app(
        call ->
            answer(
                400,
                "{\"name\":\"E\",\"message\":\"never\"}",
                Map.of("x-inngest-no-retry", "true")),
        function("final", "demo/go", 3));

    bench.send("demo/go", "{}");

    assertThat(bench.calls).hasSize(1);
    assertThat(bench.run("final").path("status").asText()).isEqualTo("FAILED");
    JsonNode failed = bench.events("inngest/function.failed").get(0);
    assertThat(failed.path("data").path("error").path("error").asText())
        .isEqualTo("NonRetriableError");
    assertThat(failed.path("id").asText()).isEqualTo(bench.run("final").path("id").asText());
  }

  @Test
  void aFailedStepIsRememberedAndTheFunctionGoesOn() {
    bench.app(
        call ->
            call.has("boom")
                ? ok(call.body().path("steps").path(StepHash.of("boom")).toString())
                : operations(stepFailure("StepFailed", "boom", "boom")),
        function("caught", "demo/go", 3));

    bench.send("demo/go", "{}");

    assertThat(bench.run("caught").path("output"))
        .isEqualTo(json("{\"error\":{\"name\":\"E\",\"message\":\"boom\",\"stack\":\"s\"}}"));
  }

  @Test
  void aStepThatUsesUpItsAttemptsIsRememberedAsFailed() {
    bench.app(
        call ->
            call.has("flaky")
                ? ok("\"caught\"")
                : operations(stepFailure("StepError", "flaky", "no")),
        function("flaky", "demo/go", 1));

    bench.send("demo/go", "{}");
    bench.advance(Duration.ofMinutes(1));

    JsonNode run = bench.run("flaky");
    assertThat(run.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(run.path("steps").get(0).path("status").asText()).isEqualTo("failed");
    assertThat(run.path("steps").get(0).path("attempts")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"1s, 1", "1m30s, 90", "2026-01-01T00:10:00Z, 600", "-1s, 0", "'', 0"})
  void sleepsExactlyAsLong(String until, int seconds) {
    bench.app(
        call -> call.has("nap") ? ok("\"awake\"") : operations(sleep("nap", until)),
        function("sleeps", "demo/go", null));

    bench.send("demo/go", "{}");
    if (seconds > 0) {
      bench.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(bench.calls).hasSize(1);
      assertThat(bench.run("sleeps").path("steps").get(0).path("status").asText())
          .isEqualTo("sleeping");
      bench.advance(Duration.ofMillis(1));
    }

    assertThat(bench.run("sleeps").path("output").asText()).isEqualTo("awake");
    assertThat(bench.calls.get(1).body().path("steps").path(StepHash.of("nap")).isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"PT1S, InvalidSleep", "soon, InvalidSleep", "367d, InngestErrTimeoutTooLong"})
  void aSleepThatCannotBeFailsTheRunInsteadOfHangingIt(String until, String name) {
    bench.app(call -> operations(sleep("nap", until)), function("sleeps", "demo/go", null));

    bench.send("demo/go", "{}");

    JsonNode run = bench.run("sleeps");
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("output").path("error").path("name").asText()).isEqualTo(name);
  }

  @Test
  void theFailureHandlerRunsOnceAndNeverForItself() {
    bench.app(
        call ->
            answer(400, "{\"name\":\"E\",\"message\":\"m\"}", Map.of("x-inngest-no-retry", "true")),
        function("fails", "demo/go", 3),
        failureHandler("fails"),
        failureHandler("other"));

    bench.send("demo/go", "{\"id\":1}");

    assertThat(bench.calls)
        .extracting(SeenCall::function)
        .containsExactly("app-fails", "app-fails-failure");
    JsonNode event = bench.calls.get(1).body().path("event");
    assertThat(event.path("data").path("event").path("data")).isEqualTo(json("{\"id\":1}"));
    assertThat(event.path("data").path("error").path("message").asText()).isEqualTo("m");
    assertThat(bench.events("inngest/function.failed")).hasSize(1);
    assertThat(bench.events("inngest/function.finished")).hasSize(1);
  }

  @Test
  void everyEndIsPublished() {
    bench.app(call -> ok("{\"a\":1}"), function("ends", "demo/go", null));

    bench.send("demo/go", "{}");

    JsonNode data = bench.events("inngest/function.finished").get(0).path("data");
    assertThat(data.path("function_id").asText()).isEqualTo("app-ends");
    assertThat(data.path("result")).isEqualTo(json("{\"a\":1}"));
    assertThat(data.path("_inngest").path("status").asText()).isEqualTo("Completed");
    assertThat(data.has("error")).isFalse();
  }

  @Test
  void plannedStepsAreAskedForOneByOneAndJoined() {
    bench.app(
        call -> {
          if (!call.stepId().equals("step")) {
            String id = call.stepId().equals(StepHash.of("a")) ? "a" : "b";
            return operations(stepRun(id, "\"" + id + "\""));
          }
          return call.has("a") && call.has("b")
              ? ok("\"joined\"")
              : operations(planned("a"), planned("b"));
        },
        function("parallel", "demo/go", null));

    bench.send("demo/go", "{}");

    assertThat(bench.run("parallel").path("output").asText()).isEqualTo("joined");
    assertThat(bench.calls)
        .extracting(SeenCall::stepId)
        .containsExactlyInAnyOrder("step", StepHash.of("a"), StepHash.of("b"), "step");
    assertThat(
            bench.calls.get(1).body().path("ctx").path("disable_immediate_execution").asBoolean())
        .isTrue();
    assertThat(
            bench.calls.get(3).body().path("ctx").path("disable_immediate_execution").asBoolean())
        .isFalse();
  }

  @Test
  void aSingleStepIsNeverRunTwiceWhenItIsReportedTwice() {
    bench.app(
        call -> call.has("a") ? ok("1") : operations(stepRun("a", "1"), stepRun("a", "2")),
        function("twice", "demo/go", null));

    bench.send("demo/go", "{}");

    assertThat(bench.calls.get(1).body().path("steps").path(StepHash.of("a")))
        .isEqualTo(json("{\"data\":1}"));
    assertThat(bench.run("twice").path("status").asText()).isEqualTo("COMPLETED");
  }

  @Test
  void anAppThatIsAwayIsCalledAgainAsSoonAsItRegisters() {
    boolean[] away = {true};
    bench.app(
        call -> {
          if (!call.has("one")) {
            return operations(stepRun("one", "1"));
          }
          return away[0] ? AppTransport.Answer.refused("refused") : ok("\"back\"");
        },
        function("away", "demo/go", 3));

    bench.send("demo/go", "{}");
    assertThat(bench.run("away").path("status").asText()).isEqualTo("RUNNING");
    away[0] = false;
    bench.sync(function("away", "demo/go", 3));
    bench.settle();

    assertThat(bench.run("away").path("output").asText()).isEqualTo("back");
    assertThat(bench.calls.stream().filter(call -> !call.has("one"))).hasSize(1);
    bench.advance(Duration.ofHours(1));
    assertThat(bench.calls).as("the replaced retry does not come as well").hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"op\":\"StepNotFound\",\"id\":\"x\"}]",
        "[null]",
        "no json",
        "",
        "5",
        "[{\"op\":\"StepError\",\"id\":\"x\"}]"
      })
  void anUnreadableListIsAFailedAttempt(String body) {
    bench.app(call -> answer(206, body, Map.of()), function("odd", "demo/go", 0));

    bench.send("demo/go", "{}");

    JsonNode run = bench.run("odd");
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("output").path("name").asText()).isEqualTo("InvalidOperations");
  }

  @Test
  void anEmptyListIsAskedAgainButNotForEver() {
    bench.app(
        call -> call.has("one") ? operations() : operations(stepRun("one", "1")),
        function("empty", "demo/go", null));

    bench.send("demo/go", "{}");

    JsonNode run = bench.run("empty");
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("output").path("error").path("name").asText()).isEqualTo("NoProgress");
  }

  @Test
  void anUnknownOperationFailsTheRunByName() {
    bench.app(
        call -> operations("{\"op\":\"WaitForEvent\",\"id\":\"x\",\"displayName\":\"approval\"}"),
        function("waits", "demo/go", null));

    bench.send("demo/go", "{}");

    assertThat(bench.run("waits").path("output").path("error").path("message").asText())
        .contains("WaitForEvent", "approval", "not supported");
  }

  @Test
  void answersThatAreNoSdkAreToldAsSuch() {
    bench.app(
        call -> new AppTransport.Answer(200, Map.of(), "<html>".getBytes(StandardCharsets.UTF_8)),
        function("html", "demo/go", 0));

    bench.send("demo/go", "{}");

    assertThat(bench.run("html").path("output").path("name").asText()).isEqualTo("NotAnSdk");
  }

  @Test
  void aTooLargeAnswerIsFinal() {
    bench.app(
        call ->
            new AppTransport.Answer(
                206, Map.of("x-inngest-sdk", "t"), new byte[AnswerReader.MAX_BODY_BYTES + 1]),
        function("large", "demo/go", 3));

    bench.send("demo/go", "{}");

    assertThat(bench.calls).hasSize(1);
    assertThat(bench.run("large").path("output").path("name").asText()).isEqualTo("OutputTooLarge");
  }

  @Test
  void aThousandStepsAreTooMany() {
    bench.app(
        call -> operations(stepRun("step-" + call.body().path("steps").size(), "1")),
        function("many", "demo/go", null));

    bench.send("demo/go", "{}");

    assertThat(bench.run("many").path("output").path("error").path("name").asText())
        .isEqualTo("InngestErrFunctionOverflowed");
    assertThat(bench.calls).hasSize(1_000);
  }

  @Test
  void aStreamedAnswerIsUnpacked() {
    bench.app(
        call ->
            answer(
                201,
                "   \n {\"status\":200,\"headers\":{\"X-Inngest-Req-Version\":\"2\"},"
                    + "\"body\":\"{\\\"a\\\":1}\"}",
                Map.of()),
        function("streamed", "demo/go", null));

    bench.send("demo/go", "{}");

    assertThat(bench.run("streamed").path("output")).isEqualTo(json("{\"a\":1}"));
  }

  @Test
  void aCancelledRunEndsAndWhatComesLateIsIgnored() {
    bench.app(
        call -> call.has("nap") ? ok("1") : operations(sleep("nap", "1h")),
        function("cancelled", "demo/go", null));
    bench.send("demo/go", "{}");
    String id = bench.run("cancelled").path("id").asText();

    assertThat(bench.engine().cancel(id).join()).isTrue();
    bench.advance(Duration.ofHours(2));

    assertThat(bench.run("cancelled").path("status").asText()).isEqualTo("CANCELLED");
    assertThat(bench.calls).hasSize(1);
    assertThat(bench.events("inngest/function.cancelled")).hasSize(1);
    assertThat(bench.engine().cancel("01M84MPWRVY58RVZDR0H3DZ9R5").join()).isFalse();
  }

  @Test
  void aSyncTellsWhetherAnythingChanged() {
    assertThat(bench.sync(function("a", "x/y", null))).isTrue();
    assertThat(bench.sync(function("a", "x/y", null))).isFalse();
    assertThat(bench.sync(function("a", "x/y", 2))).isTrue();
  }

  @Test
  void aFixedRetryIntervalReplacesTheTable() {
    try (EngineBench quick = new EngineBench(Duration.ofMillis(10))) {
      quick.app(
          call -> call.attempt() < 2 ? answer(500, "{}", Map.of()) : ok("1"),
          function("quick", "demo/go", null));
      quick.send("demo/go", "{}");
      quick.advance(Duration.ofMillis(10));
      quick.advance(Duration.ofMillis(10));

      assertThat(quick.run("quick").path("status").asText()).isEqualTo("COMPLETED");
    }
  }

  @Test
  void theSameInputsGiveTheSameHistory() {
    assertThat(history()).isEqualTo(history());
  }

  private static List<String> history() {
    try (EngineBench one = new EngineBench()) {
      one.app(EngineTest::threeSteps, function("three", "demo/go", null));
      one.send("demo/go", "{\"id\":1}");
      return one.calls.stream().map(call -> call.url() + call.headers() + call.body()).toList();
    }
  }
}
