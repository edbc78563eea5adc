package dev.vibecoder.inngest.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.function.FunctionDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The functions of the recorded app, written by hand with the public API. */
final class ScenarioFunctions {
  private final Map<String, Integer> hits = new ConcurrentHashMap<>();

  private int hit(String key) {
    return hits.merge(key, 1, Integer::sum);
  }

  List<FunctionDefinition> all() {
    return List.of(
        noStep(),
        nothing(),
        three(),
        retryStep(),
        retryFunction(),
        nonRetriableStep(),
        nonRetriableFunction(),
        caught(),
        fails(),
        sleeps(),
        sends(),
        loop(),
        unicode());
  }

  private static FunctionDefinition noStep() {
    return FunctionDefinition.define("no-step")
        .on("rec/no-step")
        .handle(
            (event, step) -> {
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("ok", true);
              result.put("name", event.data().get("name"));
              return result;
            });
  }

  private static FunctionDefinition nothing() {
    return FunctionDefinition.define("void")
        .on("rec/void")
        .handle(
            (event, step) -> {
              step.run("nothing", () -> {});
              return null;
            });
  }

  private static FunctionDefinition three() {
    return FunctionDefinition.define("three")
        .on("rec/three")
        .handle(
            (event, step) -> {
              JsonNode a = step.run("validate", JsonNode.class, () -> object("n", 1));
              int b = step.run("process", Integer.class, () -> a.get("n").asInt() + 1);
              return step.run("save", JsonNode.class, () -> object("saved", b));
            });
  }

  private FunctionDefinition retryStep() {
    return FunctionDefinition.define("retry-step")
        .on("rec/retry-step")
        .retries(3)
        .handle(
            (event, step) ->
                step.run(
                    "flaky",
                    String.class,
                    () -> {
                      if (hit(step.context().runId() + "a") < 3) {
                        throw new RetryAfterException("not yet", Duration.ofSeconds(1));
                      }
                      return "yes";
                    }));
  }

  private FunctionDefinition retryFunction() {
    return FunctionDefinition.define("retry-fn")
        .on("rec/retry-fn")
        .retries(2)
        .handle(
            (event, step) -> {
              step.run("one", Integer.class, () -> 1);
              if (hit(step.context().runId() + "b") < 2) {
                throw new RetryAfterException("fn not yet", Duration.ofSeconds(1));
              }
              return "ok";
            });
  }

  private static FunctionDefinition nonRetriableStep() {
    return FunctionDefinition.define("non-retriable-step")
        .on("rec/non-retriable-step")
        .retries(3)
        .handle(
            (event, step) ->
                step.run(
                    "bad",
                    String.class,
                    () -> {
                      throw new NonRetriableException("never", new IllegalStateException("why"));
                    }));
  }

  private static FunctionDefinition nonRetriableFunction() {
    return FunctionDefinition.define("non-retriable-fn")
        .on("rec/non-retriable-fn")
        .retries(3)
        .handle(
            (event, step) -> {
              throw new NonRetriableException("never fn");
            });
  }

  private static FunctionDefinition caught() {
    return FunctionDefinition.define("caught")
        .on("rec/caught")
        .retries(0)
        .handle(
            (event, step) -> {
              try {
                step.run(
                    "boom",
                    () -> {
                      throw new IllegalArgumentException("boom");
                    });
                return null;
              } catch (StepFailedException e) {
                return step.run(
                    "fallback", String.class, () -> "caught " + e.name() + ": " + e.getMessage());
              }
            });
  }

  private static FunctionDefinition fails() {
    return FunctionDefinition.define("fails")
        .on("rec/fails")
        .retries(0)
        .onFailure(
            (failure, step) -> {
              step.run("report", String.class, () -> failure.error().message());
              return "handled";
            })
        .handle(
            (event, step) -> {
              step.run("ok", Integer.class, () -> 1);
              throw new IllegalStateException("final");
            });
  }

  private static FunctionDefinition sleeps() {
    return FunctionDefinition.define("sleeps")
        .on("rec/sleeps")
        .handle(
            (event, step) -> {
              step.sleep("nap", Duration.ofSeconds(1));
              step.sleepUntil("until", Instant.now().plusMillis(1500));
              step.sleep("sub", Duration.ofMillis(300));
              return "awake";
            });
  }

  private static FunctionDefinition sends() {
    return FunctionDefinition.define("sends")
        .on("rec/sends")
        .handle(
            (event, step) -> {
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("one", step.send("one", JsonEvent.of("rec/sent", object("n", 1))));
              result.put(
                  "many",
                  step.send(
                      "many",
                      List.of(
                          JsonEvent.of("rec/sent", object("n", 2)),
                          JsonEvent.of("rec/sent", object("n", 3))
                              .withId("fixed")
                              .withTs(Instant.now()))));
              return result;
            });
  }

  private static FunctionDefinition loop() {
    return FunctionDefinition.define("loop")
        .on("rec/loop")
        .handle(
            (event, step) -> {
              List<Integer> results = new ArrayList<>();
              for (int i = 0; i < 4; i++) {
                int value = i;
                results.add(step.run("again", Integer.class, () -> value));
              }
              return results;
            });
  }

  private static FunctionDefinition unicode() {
    return FunctionDefinition.define("unicode")
        .on("rec/unicode")
        .handle(
            (event, step) ->
                Map.of(
                    "message",
                    step.run(
                        "Привет 🕉️",
                        String.class,
                        () -> "Привет, " + event.data().get("name").asText() + "! 🕉️")));
  }

  private static ObjectNode object(String key, int value) {
    return JsonNodeFactory.instance.objectNode().put(key, value);
  }
}
