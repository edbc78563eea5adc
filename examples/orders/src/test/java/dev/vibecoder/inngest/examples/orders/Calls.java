package dev.vibecoder.inngest.examples.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays the server for one app, without time: a sleep is over at once, a wait finds the event given
 * for it or has expired, what fails is tried again at once.
 */
final class Calls {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_CALLS = 100;

  private final ServeHandler app;
  private final Map<String, JsonNode> awaited = new HashMap<>();
  private final List<String> reported = new ArrayList<>();

  Calls(List<FunctionDefinition> functions) {
    InngestOptions options = InngestOptions.builder().appId("orders").dev(true).build();
    app = ServeHandler.of(Inngest.of(options), FunctionRegistry.of(functions));
  }

  /** An event that a wait for its name will find. */
  Calls awaiting(String event) {
    JsonNode json = json(event);
    awaited.put(json.get("name").asText(), json);
    return this;
  }

  /** What the run has reported so far, as {@code Opcode id}, in order. */
  List<String> reported() {
    return reported;
  }

  /** Executes a function for some events until it ends, and gives its result. */
  JsonNode run(String function, String... events) {
    ArrayNode given = MAPPER.createArrayNode();
    for (String event : events) {
      given.add(json(event));
    }
    return run("orders-" + function, given);
  }

  private JsonNode run(String function, ArrayNode events) {
    ObjectNode steps = MAPPER.createObjectNode();
    ArrayNode stack = MAPPER.createArrayNode();
    for (int calls = 0; calls < MOST_CALLS; calls++) {
      ServeResponse response = call(function, "step", 0, events, steps, stack);
      JsonNode body = json(new String(response.body(), StandardCharsets.UTF_8));
      if (response.status() != 206) {
        if (response.status() != 200) {
          throw new AssertionError("Failed: " + body);
        }
        return body;
      }
      for (JsonNode operation : body) {
        String id = operation.get("id").asText();
        if (!steps.has(id)) {
          steps.set(id, memo(function, operation, 0, events, steps, stack));
          stack.add(id);
        }
      }
    }
    throw new AssertionError("The run does not end: " + reported);
  }

  /** What the server remembers of an operation; planned and failed steps are asked for again. */
  private @Nullable JsonNode memo(
      String function,
      JsonNode operation,
      int attempt,
      ArrayNode events,
      ObjectNode steps,
      ArrayNode stack) {
    String opcode = operation.get("op").asText();
    reported.add(opcode + " " + operation.get("displayName").asText());
    return switch (opcode) {
      case "StepRun" -> MAPPER.createObjectNode().set("data", operation.get("data"));
      case "StepFailed" -> MAPPER.createObjectNode().set("error", operation.get("error"));
      case "Sleep" -> null;
      case "WaitForEvent" -> awaited.get(operation.get("name").asText());
      case "InvokeFunction" -> {
        ObjectNode event = operation.get("opts").get("payload").deepCopy();
        event.put("name", "inngest/function.invoked").put("id", "01INVOKED").put("ts", 1);
        String invoked = operation.get("opts").get("function_id").asText();
        yield MAPPER
            .createObjectNode()
            .set("data", run(invoked, MAPPER.createArrayNode().add(event)));
      }
      case "StepPlanned", "StepError" -> {
        int next = opcode.equals("StepError") ? attempt + 1 : 0;
        String id = operation.get("id").asText();
        ServeResponse response = call(function, id, next, events, steps, stack);
        JsonNode answer = json(new String(response.body(), StandardCharsets.UTF_8)).get(0);
        yield memo(function, answer, next, events, steps, stack);
      }
      default -> throw new AssertionError("Not played: " + operation);
    };
  }

  private ServeResponse call(
      String function,
      String step,
      int attempt,
      ArrayNode events,
      ObjectNode steps,
      ArrayNode stack) {
    ObjectNode body = MAPPER.createObjectNode();
    body.set("event", events.get(0));
    body.set("events", events);
    body.set("steps", steps);
    ObjectNode context = body.putObject("ctx");
    context.put("run_id", "01RUN").put("attempt", attempt).put("fn_id", "fn").put("use_api", false);
    context.put("disable_immediate_execution", false).put("step_id", step);
    context.putObject("stack").put("current", stack.size()).set("stack", stack);
    URI url = URI.create("http://localhost/api/inngest?fnId=" + function + "&stepId=" + step);
    return app.handle(
        new ServeRequest("POST", url, Map.of("X-Inngest-Req-Version", "2"), bytes(body)));
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
