package dev.vibecoder.inngest.it.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.function.FunctionDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that return, run steps one after another and send events. */
final class PlainFunctions {
  List<FunctionDefinition> all() {
    return List.of(noStep(), nothing(), three(), loop(), unicode(), sends(), big(), bigStep());
  }

  private static FunctionDefinition noStep() {
    return FunctionDefinition.define("no-step")
        .on("rec/no-step")
        .handle((event, step) -> object().put("ok", true).set("name", event.data().get("name")));
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
              JsonNode a = step.run("validate", JsonNode.class, () -> object().put("n", 1));
              int b = step.run("process", Integer.class, () -> a.get("n").asInt() + 1);
              return step.run("save", JsonNode.class, () -> object().put("saved", b));
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

  private static FunctionDefinition sends() {
    return FunctionDefinition.define("sends")
        .on("rec/sends")
        .handle(
            (event, step) -> {
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("one", step.send("one", JsonEvent.of("rec/sent", object().put("n", 1))));
              Instant now = Instant.now();
              result.put(
                  "many",
                  step.send(
                      "many",
                      List.of(
                          JsonEvent.of("rec/sent", object().put("n", 2)),
                          new JsonEvent(
                              "fixed-" + now.toEpochMilli(),
                              "rec/sent",
                              object().put("n", 3),
                              now,
                              object().put("u", 1),
                              null))));
              return result;
            });
  }

  private static FunctionDefinition big() {
    return FunctionDefinition.define("big")
        .on("rec/big")
        .handle(
            (event, step) -> {
              int length = 0;
              for (int i = 0; i < 11; i++) {
                length += step.run("chunk", String.class, () -> "x".repeat(450_000)).length();
              }
              return length;
            });
  }

  private static FunctionDefinition bigStep() {
    return FunctionDefinition.define("big-step")
        .on("rec/big-step")
        .retries(0)
        .handle(
            (event, step) -> step.run("huge", String.class, () -> "x".repeat(5_000_000)).length());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
