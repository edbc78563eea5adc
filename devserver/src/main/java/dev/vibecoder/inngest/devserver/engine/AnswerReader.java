package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vibecoder.inngest.devserver.engine.AppTransport.Answer;
import dev.vibecoder.inngest.devserver.engine.Fact.StepLabel;
import dev.vibecoder.inngest.protocol.Opcode;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.RetryAfter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of apps (protocol, HTTP, sections 7.5 and 8); on any thread, as it may take
 * long.
 */
final class AnswerReader {
  static final int MAX_BODY_BYTES = 8 * 1024 * 1024;
  private static final int STREAMED = 201;
  private static final int OPERATIONS = 206;
  private static final int MAX_ID_LENGTH = 255;

  /** Operations that are about no step. */
  private static final Set<Opcode> NO_STEP =
      Set.of(Opcode.NONE, Opcode.RUN_COMPLETE, Opcode.DISCOVERY_REQUEST);

  private AnswerReader() {}

  static Verdict read(Answer answer, Instant now) {
    if (answer.problem() != null) {
      return Verdict.Failed.of("unreachable", "ConnectionError", answer.problem())
          .refused(answer.refused());
    }
    if (answer.body().length > MAX_BODY_BYTES) {
      return Verdict.Failed.of(
              "output_too_large",
              "OutputTooLarge",
              "The answer has more than " + MAX_BODY_BYTES + " bytes")
          .forGood();
    }
    return answer.status() == STREAMED ? streamed(answer, now) : plain(answer, now);
  }

  /** Blanks that kept the connection open, then one object with the answer in it. */
  private static Verdict streamed(Answer answer, Instant now) {
    JsonNode envelope = json(answer.body());
    if (envelope == null || !envelope.isObject() || !envelope.path("status").isInt()) {
      return Verdict.Failed.of(
          "invalid_stream", "InvalidStream", "A streamed answer could not be read");
    }
    if (envelope.hasNonNull("error")) {
      return Verdict.Failed.of("stream_error", "StreamError", envelope.path("error").asText());
    }
    Map<String, String> headers = new TreeMap<>(answer.headers());
    envelope
        .path("headers")
        .properties()
        .forEach(
            entry ->
                headers.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue().asText()));
    JsonNode body = envelope.path("body");
    byte[] inner =
        (body.isTextual() ? body.textValue() : body.toString()).getBytes(StandardCharsets.UTF_8);
    return plain(new Answer(envelope.path("status").asInt(), headers, inner), now);
  }

  private static Verdict plain(Answer answer, Instant now) {
    boolean sdk = answer.headers().containsKey(lower(ProtocolHeaders.SDK));
    boolean noRetry = "true".equals(answer.headers().get(lower(ProtocolHeaders.NO_RETRY)));
    String asked = answer.headers().get(lower(ProtocolHeaders.RETRY_AFTER));
    Instant retryAt = asked == null ? null : RetryAfter.parse(asked, now).orElse(null);
    int status = answer.status();
    if (status == OPERATIONS) {
      return operations(answer, noRetry, retryAt);
    }
    if (status / 100 != 2) {
      return error(answer, sdk, noRetry, retryAt);
    }
    if (!sdk) {
      return Verdict.Failed.of(
              "not_sdk",
              "NotAnSdk",
              "The answer has no " + ProtocolHeaders.SDK + " header: is this the URL of an app?")
          .retryAt(retryAt);
    }
    if (noRetry) {
      return Verdict.Failed.of(
              "NonRetriableError", "NonRetriableError", "The app refused to be retried")
          .forGood();
    }
    if (asked != null) {
      return Verdict.Failed.of("retry_after", "RetryAfter", "The app asked to be called again")
          .retryAt(retryAt);
    }
    return new Verdict.Returned(Payload.of(output(answer.body())));
  }

  private static Verdict error(
      Answer answer, boolean sdk, boolean noRetry, @Nullable Instant retryAt) {
    JsonNode body = json(answer.body());
    String kind = noRetry ? "NonRetriableError" : "invalid status code: " + answer.status();
    if (sdk && body != null && body.isObject()) {
      ObjectNode error = body.deepCopy();
      if (!error.hasNonNull("message") && error.hasNonNull("error")) {
        error.set("message", error.path("error"));
      }
      return Verdict.Failed.of(kind, error, noRetry, retryAt);
    }
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("name", "HttpError");
    error.put(
        "message",
        "The app answered with HTTP " + answer.status() + (sdk ? "" : " before its SDK could"));
    error.put("body", shortened(answer.body()));
    return Verdict.Failed.of(kind, error, noRetry, retryAt);
  }

  private static String shortened(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.length() > 2_000 ? text.substring(0, 2_000) + "..." : text;
  }

  private static Verdict operations(Answer answer, boolean noRetry, @Nullable Instant retryAt) {
    JsonNode body = json(answer.body());
    if (body == null || (!body.isArray() && !body.isObject())) {
      return unreadable("The body of a 206 answer is no list of operations", retryAt);
    }
    List<Operation> operations = new ArrayList<>();
    for (JsonNode operation :
        body.isArray() ? body : JsonNodeFactory.instance.arrayNode().add(body)) {
      String problem = problem(operation);
      if (problem != null) {
        return unreadable(
            "An operation cannot be read: "
                + problem
                + ": "
                + shortened(EngineJson.write(operation)),
            retryAt);
      }
      operations.add(operation(operation));
    }
    return new Verdict.Reported(operations, version(answer), noRetry, retryAt);
  }

  private static Verdict unreadable(String message, @Nullable Instant retryAt) {
    return Verdict.Failed.of("invalid_operations", "InvalidOperations", message).retryAt(retryAt);
  }

  private static @Nullable String problem(JsonNode operation) {
    if (!operation.isObject()) {
      return "it is no object";
    }
    Optional<Opcode> opcode = Opcode.ofWireName(operation.path("op").asText(""));
    if (opcode.isEmpty()) {
      return "its op is unknown";
    }
    if (opcode.get() == Opcode.STEP_ERROR && !operation.path("error").isObject()) {
      return "it has no error";
    }
    if (NO_STEP.contains(opcode.get())) {
      return null;
    }
    String id = operation.path("id").asText("");
    if (id.isEmpty()) {
      return "it has no id";
    }
    return id.length() > MAX_ID_LENGTH
        ? "its id has more than " + MAX_ID_LENGTH + " characters"
        : null;
  }

  private static Operation operation(JsonNode operation) {
    Opcode opcode = Opcode.ofWireName(operation.path("op").asText()).orElse(Opcode.NONE);
    String name = operation.path("displayName").asText(operation.path("name").asText());
    StepLabel step = new StepLabel(operation.path("id").asText(), name, opcode.wireName());
    boolean failed = opcode == Opcode.STEP_ERROR || opcode == Opcode.STEP_FAILED;
    JsonNode error = operation.path("error");
    return new Operation(
        opcode,
        step,
        failed
            ? new Memo(Memo.Kind.ERROR, Payload.of(remembered(error)))
            : new Memo(Memo.Kind.DATA, Payload.of(operation.path("data"))),
        Payload.of(error),
        operation.path("opts").path("duration").asText(operation.path("name").asText("")));
  }

  /** What functions get of an error; whatever else an app tells is dropped. */
  private static JsonNode remembered(JsonNode error) {
    if (!error.isObject()) {
      return NullNode.getInstance();
    }
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (String key : List.of("name", "message", "stack", "cause", "data")) {
      if (error.has(key)) {
        kept.set(key, error.get(key));
      }
    }
    return kept;
  }

  private static int version(Answer answer) {
    try {
      return Integer.parseInt(
          answer.headers().getOrDefault(lower(ProtocolHeaders.REQUEST_VERSION), "0").strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A JSON value or plain text; a text that holds an object is unpacked, as on the real server. */
  private static JsonNode output(byte[] body) {
    if (body.length == 0) {
      return NullNode.getInstance();
    }
    JsonNode value = json(body);
    if (value == null) {
      return TextNode.valueOf(new String(body, StandardCharsets.UTF_8));
    }
    if (value.isTextual() && value.textValue().startsWith("{")) {
      JsonNode unpacked = json(value.textValue().getBytes(StandardCharsets.UTF_8));
      return unpacked == null ? value : unpacked;
    }
    return value;
  }

  private static @Nullable JsonNode json(byte[] body) {
    try {
      JsonNode tree = EngineJson.read(body);
      return tree.isMissingNode() ? null : tree;
    } catch (IOException notJson) {
      return null;
    }
  }

  private static String lower(String header) {
    return header.toLowerCase(Locale.ROOT);
  }
}
