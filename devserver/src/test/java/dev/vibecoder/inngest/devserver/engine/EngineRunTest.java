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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Odd answers, calls under way, and what is seen of them. */
class EngineRunTest {
  private final EngineBench bench = new EngineBench();

  @AfterEach
  void stop() {
    bench.close();
  }

  private static String plannedRaw(String id) {
    return "{\"op\":\"StepPlanned\",\"id\":\"" + id + "\",\"displayName\":\"x\"}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "$9", "$1", "a&stepId=b#c", "\u00e4\u20ac", "a\\nb", "%"})
  void aStepIdMayBeAnythingAndIsCalledForAsItIs(String id) {
    String text = json("\"" + id + "\"").textValue();
    bench.app(
        call ->
            call.stepId().equals("step")
                ? call.body().path("steps").has(text) ? ok("1") : operations(plannedRaw(id))
                : operations("{\"op\":\"StepRun\",\"id\":\"" + id + "\",\"data\":2}"),
        function("odd", "demo/go", 0));

    bench.send("demo/go", "{}");

    assertThat(bench.run("odd").path("status").asText()).isEqualTo("COMPLETED");
    SeenCall targeted = bench.calls.get(1);
    assertThat(java.net.URLDecoder.decode(targeted.stepId(), StandardCharsets.UTF_8))
        .isEqualTo(text);
    assertThat(targeted.function()).isEqualTo("app-odd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tooLong"})
  void anOperationWithoutAUsableIdIsAFailedAttempt(String id) {
    String used = id.isEmpty() ? "" : "x".repeat(256);
    bench.app(call -> operations(plannedRaw(used)), function("odd", "demo/go", 0));

    bench.send("demo/go", "{}");

    JsonNode run = bench.run("odd");
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("output").path("name").asText()).isEqualTo("InvalidOperations");
    assertThat(run.path("output").path("message").asText()).contains("id");
  }

  @Test
  void aTransportThatThrowsIsAFailedAttempt() {
    bench.app(
        call -> {
          throw new IllegalStateException("broken transport");
        },
        function("odd", "demo/go", 0));

    bench.send("demo/go", "{}");

    JsonNode run = bench.run("odd");
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("output").path("message").asText()).contains("broken transport");
  }

  @Test
  void aUrlThatIsNoneIsAFailedAttempt() {
    bench.app(call -> ok("1"), EngineBench.functionAt("odd", "demo/go", "http://a b/?stepId=step"));

    bench.send("demo/go", "{}");

    assertThat(bench.run("odd").path("status").asText()).isEqualTo("FAILED");
  }

  @Test
  void anAnswerThatTellsOfSeveralFailedStepsIsTriedAgainOnce() {
    AtomicInteger calls = new AtomicInteger();
    bench.app(
        call -> {
          calls.incrementAndGet();
          return operations(
              stepFailure("StepError", "a", "busy"), stepFailure("StepError", "b", "busy"));
        },
        function("two", "demo/go", 5));

    bench.send("demo/go", "{}");
    bench.advance(Duration.ofMinutes(1));
    assertThat(calls.get()).isEqualTo(2);
    bench.advance(Duration.ofMinutes(2));
    assertThat(calls.get()).isEqualTo(3);
  }

  @Test
  void aRunThatNothingIsLeftToBeDoneForFailsInsteadOfHanging() {
    bench.app(
        call ->
            call.stepId().equals(StepHash.of("a"))
                ? operations(planned("a"))
                : call.stepId().equals(StepHash.of("b"))
                    ? operations(stepRun("b", "1"))
                    : operations(planned("a"), planned("b")),
        function("stuck", "demo/go", null));

    bench.send("demo/go", "{}");

    JsonNode run = bench.run("stuck");
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("output").path("error").path("name").asText()).isEqualTo("NoProgress");
    assertReplayable();
  }

  @Test
  void stepsOfAGroupHaveTheirOwnOutputsAndTimes() {
    CompletableFuture<AppTransport.Answer> a = new CompletableFuture<>();
    CompletableFuture<AppTransport.Answer> b = new CompletableFuture<>();
    bench.slowApp(
        call -> {
          if (call.stepId().equals("step")) {
            return CompletableFuture.completedFuture(
                call.has("a") ? ok("1") : operations(planned("a"), planned("b")));
          }
          return call.stepId().equals(StepHash.of("a")) ? a : b;
        },
        function("group", "demo/go", null));
    bench.send("demo/go", "{}");

    JsonNode current = bench.run("group").path("current");
    assertThat(current.findValuesAsText("name")).containsExactly("a", "b");
    assertThat(current.get(0).path("stepId").asText()).isEqualTo(StepHash.of("a"));
    assertThat(current.get(0).path("attempt").asInt()).isEqualTo(1);
    assertThat(current.get(0).path("startedAt").asText()).isEqualTo(EngineBench.START.toString());

    bench.advance(Duration.ofMillis(300));
    a.complete(operations(stepRun("a", "\"of a\"")));
    bench.settle();
    assertThat(bench.run("group").path("current").findValuesAsText("name")).containsExactly("b");
    bench.advance(Duration.ofMillis(500));
    b.complete(operations(stepRun("b", "\"of b\"")));
    bench.settle();

    JsonNode run = bench.run("group");
    assertThat(run.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(run.path("current")).isEmpty();
    assertAttempt(run.path("steps").get(0), "of a", 300);
    assertAttempt(run.path("steps").get(1), "of b", 800);
  }

  private static void assertAttempt(JsonNode step, String output, long millis) {
    assertThat(step.path("attempts")).hasSize(1);
    assertThat(step.path("attempts").get(0).path("output").asText()).isEqualTo(output);
    assertThat(step.path("attempts").get(0).path("durationMs").asLong()).isEqualTo(millis);
    assertThat(step.path("durationMs").asLong()).isEqualTo(millis);
  }

  @Test
  void stepsReportedTogetherHaveTheirOwnOutputs() {
    bench.app(
        call ->
            call.has("a")
                ? ok("1")
                : operations(stepRun("a", "\"of a\""), stepRun("b", "\"of b\"")),
        function("both", "demo/go", null));

    bench.send("demo/go", "{}");

    JsonNode steps = bench.run("both").path("steps");
    assertAttempt(steps.get(0), "of a", 0);
    assertAttempt(steps.get(1), "of b", 0);
  }

  @Test
  void aFunctionUnderWayIsSeenByItsName() {
    CompletableFuture<AppTransport.Answer> answer = new CompletableFuture<>();
    bench.slowApp(call -> answer, function("slow", "demo/go", null));
    bench.send("demo/go", "{}");

    JsonNode current = bench.run("slow").path("current");
    assertThat(current).hasSize(1);
    assertThat(current.get(0).path("stepId").isNull()).isTrue();
    assertThat(current.get(0).path("name").asText()).isEqualTo("slow");

    answer.complete(ok("1"));
    bench.settle();
    assertThat(bench.run("slow").path("current")).isEmpty();
  }

  @Test
  void aConnectionThatIsCutWaitsForItsDelayHoweverOftenTheAppRegisters() {
    bench.app(call -> AppTransport.Answer.unreachable("reset"), function("cut", "demo/go", 3));
    bench.send("demo/go", "{}");

    bench.sync(function("cut", "demo/go", 3));
    bench.settle();

    assertThat(bench.calls).hasSize(1);
  }

  @Test
  void anAppThatRegistersButIsNotThereIsCalledEarlyOnceOnly() {
    bench.app(call -> AppTransport.Answer.refused("nobody"), function("away", "demo/go", 3));
    bench.send("demo/go", "{}");
    assertThat(bench.calls).hasSize(1);

    for (int i = 0; i < 3; i++) {
      bench.sync(function("away", "demo/go", 3));
      bench.settle();
      assertThat(bench.calls).hasSize(2);
    }
    bench.advance(Duration.ofMinutes(2));
    assertThat(bench.calls).as("the delay holds from then on").hasSize(3);
  }

  @Test
  void retriesThatWaitForAnAppAreWokenInTheirOrder() {
    boolean[] away = {true};
    bench.app(
        call -> away[0] ? AppTransport.Answer.refused("nobody") : ok("1"),
        function("away", "demo/go", 3));
    for (int i = 0; i < 20; i++) {
      bench.send("demo/go", "{\"n\":" + i + "}");
    }
    bench.calls.clear();
    away[0] = false;
    bench.sync(function("away", "demo/go", 3));
    bench.settle();

    assertThat(bench.calls)
        .extracting(call -> call.body().path("event").path("data").path("n").asInt())
        .hasSize(20)
        .isSorted();
  }

  @Test
  void numbersArriveAsProductionWouldChangeThem() {
    bench.app(
        call ->
            call.has("one")
                ? ok(
                    "{\"x\":1e30,\"s\":" + call.body().path("steps").path(StepHash.of("one")) + "}")
                : operations(stepRun("one", "[9007199254740993,1.0,-0.0]")),
        function("numbers", "demo/go", null));

    bench.send("demo/go", "{\"n\":9007199254740993,\"d\":1.0}");

    assertThat(bench.calls.get(0).body().path("event").path("data"))
        .hasToString("{\"d\":1,\"n\":9007199254740992}");
    assertThat(bench.calls.get(1).body().path("steps").path(StepHash.of("one")))
        .hasToString("{\"data\":[9007199254740992,1,0]}");
    assertThat(bench.written(views -> views.runs(1, 0, "completed"))).contains("\"total\":1");
    String id = bench.run("numbers").path("id").asText();
    assertThat(bench.written(views -> views.run(id).orElseThrow()))
        .contains("\"output\":{\"s\":{\"data\":[9007199254740992,1,0]},\"x\":1e+30}");
  }

  // --- the same facts give the same state ---

  private void assertReplayable() {
    assertThat(bench.replayed()).isEqualTo(bench.everything());
  }

  @Test
  void retriesAndFailuresAreReplayable() {
    bench.app(
        call -> {
          if (call.function().equals("app-fails-failure")) {
            return ok("1");
          }
          if (!call.has("flaky")) {
            return call.attempt() == 0
                ? answer(206, "[" + stepFailure("StepError", "flaky", "busy") + "]", Map.of())
                : operations(stepRun("flaky", "1"));
          }
          return answer(500, "{\"name\":\"E\",\"message\":\"no\"}", Map.of());
        },
        function("fails", "demo/go", 1),
        failureHandler("fails"));
    bench.send("demo/go", "{}");
    assertReplayable();
    bench.advance(Duration.ofMinutes(1));
    assertReplayable();
    bench.advance(Duration.ofMinutes(1));
    assertThat(bench.run("fails").path("status").asText()).isEqualTo("FAILED");
    assertReplayable();
  }

  @Test
  void sleepsGroupsAndCancellationsAreReplayable() {
    CompletableFuture<AppTransport.Answer> never = new CompletableFuture<>();
    bench.slowApp(
        call -> {
          if (call.stepId().equals(StepHash.of("b"))) {
            return never;
          }
          AppTransport.Answer answer =
              !call.stepId().equals("step")
                  ? operations(stepRun("a", "\"of a\""))
                  : call.has("nap")
                      ? operations(planned("a"), planned("b"), sleep("long", "1d"))
                      : operations(sleep("nap", "1m"));
          return CompletableFuture.completedFuture(answer);
        },
        function("group", "demo/go", 1));
    bench.send("demo/go", "{}");
    assertReplayable();
    bench.advance(Duration.ofMinutes(1));
    assertThat(bench.run("group").path("current").findValuesAsText("name")).containsExactly("b");
    assertReplayable();

    String id = bench.run("group").path("id").asText();
    assertThat(bench.engine().cancel(id).join()).isTrue();
    bench.settle();
    assertThat(bench.run("group").path("status").asText()).isEqualTo("CANCELLED");
    assertReplayable();
  }

  @Test
  void retriesOfAnAppThatIsAwayAreReplayable() {
    boolean[] away = {true};
    bench.app(
        call -> away[0] ? AppTransport.Answer.refused("nobody") : operations(),
        function("away", "demo/go", 3));
    bench.send("demo/go", "{}");
    assertReplayable();
    away[0] = false;
    bench.sync(function("away", "demo/go", 3));
    bench.settle();
    assertReplayable();
  }
}
