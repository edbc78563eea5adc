package dev.vibecoder.inngest.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FetchRequest;
import dev.vibecoder.inngest.FetchResponse;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.Results2;
import dev.vibecoder.inngest.Results4;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.Signal;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.FunctionDefinition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        unicode(),
        waits(),
        signals(),
        sendsSignal(),
        child(),
        slowChild(),
        invokes(),
        parallel(),
        branches(),
        parallelMixed(),
        batch(),
        cancelled(),
        big(),
        bigStep(),
        fetches());
  }

  private static FunctionDefinition waits() {
    return FunctionDefinition.define("waits")
        .on("rec/waits")
        .handle(
            (event, step) -> {
              Optional<JsonEvent> a =
                  step.waitForEvent(
                      "yes",
                      EventType.json("rec/answer"),
                      Wait.atMost(Duration.ofSeconds(20)).match("data.id"));
              Optional<JsonEvent> b =
                  step.waitForEvent(
                      "no",
                      EventType.json("rec/never"),
                      Wait.atMost(Duration.ofSeconds(1))
                          .when("async.data.id == event.data.id && async.data.n > 3"));
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("a", a.map(ScenarioFunctions::wire).orElse(null));
              result.put("b", b.map(ScenarioFunctions::wire).orElse(null));
              return result;
            });
  }

  /** The event as inngest-js gives it back. */
  private static ObjectNode wire(JsonEvent event) {
    ObjectNode wire = JsonNodeFactory.instance.objectNode();
    wire.set("data", event.data());
    wire.put("id", event.id());
    wire.put("name", event.name());
    Instant ts = event.ts();
    wire.put("ts", ts == null ? 0 : ts.toEpochMilli());
    wire.set("user", event.user());
    return wire;
  }

  private static FunctionDefinition signals() {
    return FunctionDefinition.define("signals")
        .on("rec/signals")
        .handle(
            (event, step) ->
                step.waitForSignal(
                        "sig", signal(event), Duration.ofSeconds(20), Signal.Conflict.REPLACE)
                    .map(
                        received -> {
                          ObjectNode result = JsonNodeFactory.instance.objectNode();
                          result.set("data", received.data());
                          return result.put("signal", received.name());
                        })
                    .orElse(null));
  }

  private static Signal<JsonNode> signal(JsonEvent event) {
    return Signal.of("sig-" + event.data().path("id").asText(), JsonNode.class);
  }

  private static FunctionDefinition sendsSignal() {
    return FunctionDefinition.define("sends-signal")
        .on("rec/sends-signal")
        .handle(
            (event, step) ->
                Map.of(
                    "runId",
                    step.sendSignal("tell", signal(event), object("hello", 1)).orElseThrow()));
  }

  private static final FunctionRef<JsonNode, JsonNode> CHILD =
      FunctionRef.of("child", TypeRef.of(JsonNode.class));
  private static final FunctionRef<JsonNode, JsonNode> SLOW_CHILD =
      FunctionRef.of("slow-child", TypeRef.of(JsonNode.class));

  private static FunctionDefinition child() {
    return FunctionDefinition.define("child")
        .on("rec/child")
        .retries(0)
        .handle(
            (event, step) -> {
              if (event.data().path("fail").asBoolean()) {
                throw new NonRetriableException("child failed");
              }
              return event.data().path("nothing").asBoolean()
                  ? null
                  : object("child", event.data().path("x").asInt());
            });
  }

  private static FunctionDefinition slowChild() {
    return FunctionDefinition.define("slow-child")
        .on("rec/slow-child")
        .handle(
            (event, step) -> {
              step.sleep("long", Duration.ofHours(1));
              return 1;
            });
  }

  private static FunctionDefinition invokes() {
    return FunctionDefinition.define("invokes")
        .on("rec/invokes")
        .handle(
            (event, step) -> {
              Map<String, Object> result = new LinkedHashMap<>();
              ObjectNode nothing = JsonNodeFactory.instance.objectNode().put("nothing", true);
              ObjectNode fail = JsonNodeFactory.instance.objectNode().put("fail", true);
              result.put("a", step.invoke("call", CHILD, object("x", 5)));
              result.put("n", step.invoke("null", CHILD, nothing));
              try {
                step.invoke("fail", CHILD, fail);
              } catch (StepFailedException e) {
                result.put("e", e.name() + ": " + e.getMessage());
              }
              try {
                step.invoke("late", SLOW_CHILD, null, InvokeOptions.atMost(Duration.ofSeconds(1)));
              } catch (StepFailedException e) {
                result.put("t", e.name() + ": " + e.getMessage());
              }
              return result;
            });
  }

  private static FunctionDefinition parallel() {
    return FunctionDefinition.define("parallel")
        .on("rec/parallel")
        .handle(
            (event, step) -> {
              Results2<String, String> both =
                  step.parallel(
                      () -> step.run("a", String.class, () -> "A"),
                      () -> step.run("b", String.class, () -> "B"));
              return step.run("join", String.class, () -> both.first() + both.second());
            });
  }

  private static FunctionDefinition branches() {
    return FunctionDefinition.define("branches")
        .on("rec/branches")
        .handle(
            (event, step) -> {
              Results2<Integer, Integer> both =
                  step.parallel(
                      () -> {
                        step.run("a1", Integer.class, () -> 1);
                        return step.run("a2", Integer.class, () -> 2);
                      },
                      () -> {
                        step.run("b1", Integer.class, () -> 1);
                        step.sleep("b-nap", Duration.ofSeconds(1));
                        return step.run("b2", Integer.class, () -> 2);
                      });
              return List.of(both.first(), both.second());
            });
  }

  /** The outcomes as {@code Promise.allSettled} gives them. */
  private static FunctionDefinition parallelMixed() {
    return FunctionDefinition.define("parallel-mixed")
        .on("rec/parallel-mixed")
        .retries(0)
        .handle(
            (event, step) -> {
              Results4<Object, Object, Object, Object> all =
                  step.parallel(
                      () -> settled(() -> step.run("ok", Integer.class, () -> 1)),
                      () ->
                          settled(
                              () ->
                                  step.run(
                                      "ko",
                                      Integer.class,
                                      () -> {
                                        throw new IllegalStateException("ko");
                                      })),
                      () ->
                          settled(
                              () -> {
                                step.sleep("nap", Duration.ofSeconds(1));
                                return null;
                              }),
                      () ->
                          settled(
                              () ->
                                  step.waitForEvent(
                                          "w",
                                          EventType.json("rec/never"),
                                          Wait.atMost(Duration.ofSeconds(1)))
                                      .orElse(null)));
              return List.of(all.first(), all.second(), all.third(), all.fourth());
            });
  }

  private static Map<String, Object> settled(Callable<?> branch) throws Exception {
    Map<String, Object> outcome = new LinkedHashMap<>();
    try {
      Object value = branch.call();
      outcome.put("status", "fulfilled");
      outcome.put("value", value);
    } catch (StepFailedException e) {
      outcome.put("status", "rejected");
      outcome.put("reason", Map.of("stepId", e.stepId(), "name", e.name()));
    }
    return outcome;
  }

  private static FunctionDefinition batch() {
    return FunctionDefinition.define("batch")
        .on("rec/batch")
        .batch(Batch.of(3, Duration.ofSeconds(2)))
        .handleBatch((events, step) -> step.run("count", Integer.class, events::size));
  }

  private static FunctionDefinition cancelled() {
    return FunctionDefinition.define("cancelled")
        .on("rec/cancelled")
        .handle(
            (event, step) -> {
              step.sleep("long", Duration.ofHours(1));
              return 1;
            });
  }

  private static FunctionDefinition big() {
    return FunctionDefinition.define("big")
        .on("rec/big")
        .handle(
            (event, step) -> {
              int n = 0;
              for (int i = 0; i < 11; i++) {
                n += step.run("chunk", String.class, () -> "x".repeat(450_000)).length();
              }
              return n;
            });
  }

  private static FunctionDefinition bigStep() {
    return FunctionDefinition.define("big-step")
        .on("rec/big-step")
        .retries(0)
        .handle(
            (event, step) -> step.run("huge", String.class, () -> "x".repeat(5_000_000)).length());
  }

  private static FunctionDefinition fetches() {
    return FunctionDefinition.define("fetches")
        .on("rec/fetches")
        .handle(
            (event, step) -> {
              FetchResponse response =
                  step.fetch(
                      "fetch",
                      FetchRequest.postJson(
                          URI.create("http://127.0.0.1:3000/echo"), object("a", 1)));
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("status", response.status());
              result.put("body", response.body());
              return result;
            });
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
