package dev.vibecoder.inngest.it.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.CancelOn;
import dev.vibecoder.inngest.function.FunctionDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The functions that Inngest's own wire suites call. The suites name two steps differently.
 *
 * @param sleepId id of the step that sleeps
 * @param waitId id of the step that waits for an event
 */
record TestSuiteFunctions(String sleepId, String waitId) {
  private static final WireErrors ERRORS = WireErrors.load();

  List<FunctionDefinition> all() {
    return List.of(
        simple(), steps(), retries(), noRetry(), cancelled(), waitsForEvent(), parallel());
  }

  private static FunctionDefinition simple() {
    return FunctionDefinition.define("simple-fn")
        .on("tests/function.test")
        .handle((event, step) -> ok(event));
  }

  private FunctionDefinition steps() {
    return FunctionDefinition.define("step-test")
        .on("tests/step.test")
        .handle(
            (event, step) -> {
              String first = step.run("first step", String.class, () -> "first step");
              step.sleep(sleepId, Duration.ofSeconds(2));
              step.run(
                  "second step",
                  JsonNode.class,
                  () -> object().put("first", first).put("second", true));
              return ok(event);
            });
  }

  /** The counters start anew after a success, as the suite runs it more than once. */
  private static FunctionDefinition retries() {
    AtomicInteger steps = new AtomicInteger();
    AtomicInteger functions = new AtomicInteger();
    return FunctionDefinition.define("retry-test")
        .on("tests/retry.test")
        .handle(
            (event, step) -> {
              step.run(
                  "first step",
                  String.class,
                  () -> {
                    int count = steps.incrementAndGet();
                    if (count == 1) {
                      throw ERRORS.error("broken");
                    }
                    steps.set(0);
                    return "yes: " + count;
                  });
              if (functions.incrementAndGet() == 1) {
                throw ERRORS.error("broken func");
              }
              functions.set(0);
              return ok(event);
            });
  }

  private static FunctionDefinition noRetry() {
    return FunctionDefinition.define("no-retry")
        .on("tests/no-retry.test")
        .handle(
            (event, step) -> {
              try {
                step.run(
                    "first step",
                    () -> {
                      throw ERRORS.nonRetriable("no retry plz", null);
                    });
              } catch (StepFailedException expected) {
                return "ok";
              }
              return "the step did not fail";
            });
  }

  private static FunctionDefinition cancelled() {
    return FunctionDefinition.define("cancel-test")
        .on("tests/cancel.test")
        .retries(10)
        .cancelOn(
            CancelOn.event("cancel/please")
                .when("async.data.request_id == event.data.request_id")
                .timeout(Duration.ofHours(1)))
        .handle(
            (event, step) -> {
              step.sleep("sleep", Duration.ofSeconds(10));
              step.run(
                  "After the sleep",
                  String.class,
                  () -> "This should be cancelled if a matching cancel event is received");
              return ok(event);
            });
  }

  private FunctionDefinition waitsForEvent() {
    EventType<JsonEvent> resume = EventType.json("test/resume");
    return FunctionDefinition.define("wait-for-event")
        .on("tests/wait.test")
        .handle(
            (event, step) -> {
              Optional<JsonEvent> got =
                  step.waitForEvent(
                      waitId,
                      resume,
                      Wait.atMost(Duration.ofSeconds(10))
                          .when("async.data.resume == true && async.data.id == event.data.id"));
              ObjectNode result = object();
              got.ifPresent(answer -> result.set("result", answer.data()));
              return result;
            });
  }

  private static FunctionDefinition parallel() {
    return FunctionDefinition.define("step-parallelism")
        .on("tests/parallel.test")
        .handle(
            (event, step) ->
                step.parallel(
                    () -> step.run("a", String.class, () -> "a"),
                    () -> step.run("b", String.class, () -> "b")));
  }

  private static ObjectNode ok(JsonEvent event) {
    return object().put("name", event.name()).put("body", "ok");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
