package dev.vibecoder.inngest.it.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FetchRequest;
import dev.vibecoder.inngest.FetchResponse;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.Signal;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.CancelOn;
import dev.vibecoder.inngest.function.FunctionDefinition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions that leave something to the server: sleeps, waits, signals, other functions, requests.
 *
 * @param echo where {@code fetches} posts to
 */
record WaitingFunctions(URI echo) {
  private static final WireErrors ERRORS = WireErrors.load();
  private static final FunctionRef<JsonNode, @Nullable JsonNode> CHILD =
      FunctionRef.of("child", TypeRef.of(JsonNode.class));
  private static final FunctionRef<JsonNode, @Nullable JsonNode> SLOW_CHILD =
      FunctionRef.of("slow-child", TypeRef.of(JsonNode.class));

  List<FunctionDefinition> all() {
    return List.of(
        sleeps(),
        waits(),
        signals(),
        sendsSignal(),
        child(),
        slowChild(),
        invokes(),
        cancelled(),
        fetches());
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

  private static FunctionDefinition waits() {
    return FunctionDefinition.define("waits")
        .on("rec/waits")
        .handle(
            (event, step) -> {
              Optional<JsonEvent> yes =
                  step.waitForEvent(
                      "yes",
                      EventType.json("rec/answer"),
                      Wait.atMost(Duration.ofSeconds(20)).match("data.id"));
              Optional<JsonEvent> no =
                  step.waitForEvent(
                      "no",
                      EventType.json("rec/never"),
                      Wait.atMost(Duration.ofSeconds(1))
                          .when("async.data.id == event.data.id && async.data.n > 3"));
              Map<String, @Nullable Object> result = new LinkedHashMap<>();
              result.put("a", yes.map(WaitingFunctions::asSent).orElse(null));
              result.put("b", no.map(WaitingFunctions::asSent).orElse(null));
              return result;
            });
  }

  private static ObjectNode asSent(JsonEvent event) {
    ObjectNode sent = object();
    sent.set("data", event.data());
    sent.put("id", event.id());
    sent.put("name", event.name());
    if (event.ts() != null) {
      sent.put("ts", event.ts().toEpochMilli());
    }
    sent.set("user", event.user());
    return sent;
  }

  private static FunctionDefinition signals() {
    return FunctionDefinition.define("signals")
        .on("rec/signals")
        .handle(
            (event, step) ->
                step.waitForSignal(
                        "sig", signal(event), Duration.ofSeconds(20), Signal.Conflict.REPLACE)
                    .map(
                        received ->
                            object()
                                .put("signal", received.name())
                                .<ObjectNode>set("data", received.data()))
                    .orElse(null));
  }

  private static FunctionDefinition sendsSignal() {
    return FunctionDefinition.define("sends-signal")
        .on("rec/sends-signal")
        .handle(
            (event, step) ->
                object()
                    .put(
                        "runId",
                        step.sendSignal("tell", signal(event), object().put("hello", 1))
                            .orElse(null)));
  }

  private static Signal<JsonNode> signal(JsonEvent event) {
    return Signal.of("sig-" + event.data().path("id").asText(), JsonNode.class);
  }

  private static FunctionDefinition child() {
    return FunctionDefinition.define("child")
        .on("rec/child")
        .retries(0)
        .handle(
            (event, step) -> {
              JsonNode data = event.data();
              if (data.path("fail").asBoolean()) {
                throw ERRORS.nonRetriable("child failed", null);
              }
              return data.path("nothing").asBoolean()
                  ? null
                  : object().put("child", data.path("x").asInt());
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
              Map<String, @Nullable Object> result = new LinkedHashMap<>();
              result.put("a", step.invoke("call", CHILD, object().put("x", 5)));
              result.put("n", step.invoke("null", CHILD, object().put("nothing", true)));
              result.put("e", failure(step, "fail", CHILD, object().put("fail", true), null));
              result.put("t", failure(step, "late", SLOW_CHILD, object(), Duration.ofSeconds(1)));
              return result;
            });
  }

  private static @Nullable String failure(
      Steps step,
      String id,
      FunctionRef<JsonNode, @Nullable JsonNode> function,
      ObjectNode data,
      @Nullable Duration timeout) {
    try {
      step.invoke(
          id,
          function,
          data,
          timeout == null ? InvokeOptions.defaults() : InvokeOptions.atMost(timeout));
      return null;
    } catch (StepFailedException e) {
      return e.name() + ": " + e.getMessage();
    }
  }

  private static FunctionDefinition cancelled() {
    return FunctionDefinition.define("cancelled")
        .on("rec/cancelled")
        .cancelOn(CancelOn.event("rec/cancel").match("data.id").timeout(Duration.ofHours(1)))
        .handle(
            (event, step) -> {
              step.sleep("long", Duration.ofHours(1));
              return 1;
            });
  }

  private FunctionDefinition fetches() {
    return FunctionDefinition.define("fetches")
        .on("rec/fetches")
        .handle(
            (event, step) -> {
              FetchResponse response =
                  step.fetch(
                      new FetchRequest(
                          "POST", echo, Map.of("content-type", "application/json"), "{\"a\":1}"));
              return object().put("status", response.status()).put("body", response.body());
            });
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
