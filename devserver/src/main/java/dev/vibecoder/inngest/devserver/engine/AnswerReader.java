package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vibecoder.inngest.devserver.engine.AppTransport.Answer;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the answers of apps (protocol, HTTP, sections 7.5 and 8). */
final class AnswerReader {
  static final int MAX_BODY_BYTES = 8 * 1024 * 1024;
  private static final int STREAMED = 201;
  private static final int OPERATIONS = 206;

  private AnswerReader() {}

  static Verdict read(Answer answer, Instant now) {
    if (answer.problem() != null) {
      return failed("unreachable", "ConnectionError", answer.problem(), false, null, true);
    }
    if (answer.body().length > MAX_BODY_BYTES) {
      return failed(
          "output_too_large",
          "OutputTooLarge",
          "The answer has more than " + MAX_BODY_BYTES + " bytes",
          true,
          null,
          false);
    }
    return answer.status() == STREAMED ? streamed(answer, now) : plain(answer, now);
  }

  /** Blanks that kept the connection open, then one object with the answer in it. */
  private static Verdict streamed(Answer answer, Instant now) {
    JsonNode envelope = json(answer.body());
    if (envelope == null || !envelope.isObject() || !envelope.path("status").isInt()) {
      return failed(
          "invalid_stream",
          "InvalidStream",
          "A streamed answer could not be read",
          false,
          null,
          false);
    }
    if (envelope.hasNonNull("error")) {
      return failed(
          "stream_error", "StreamError", envelope.path("error").asText(), false, null, false);
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
    return plain(new Answer(envelope.path("status").asInt(), headers, inner, null), now);
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
    JsonNode output = output(answer.body());
    if (!sdk) {
      return failed(
          "not_sdk",
          "NotAnSdk",
          "The answer has no " + ProtocolHeaders.SDK + " header: is this the URL of an app?",
          false,
          retryAt,
          false);
    }
    if (noRetry) {
      return failed(
          "NonRetriableError",
          "NonRetriableError",
          "The app refused to be retried",
          true,
          null,
          false);
    }
    if (asked != null) {
      return failed(
          "retry_after", "RetryAfter", "The app asked to be called again", false, retryAt, false);
    }
    return new Verdict.Returned(output);
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
      return new Verdict.Failed(kind, error, noRetry, retryAt, false);
    }
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("name", "HttpError");
    error.put(
        "message",
        "The app answered with HTTP " + answer.status() + (sdk ? "" : " before its SDK could"));
    error.put("body", shortened(answer.body()));
    return new Verdict.Failed(kind, error, noRetry, retryAt, false);
  }

  private static String shortened(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.length() > 2_000 ? text.substring(0, 2_000) + "..." : text;
  }

  private static Verdict operations(Answer answer, boolean noRetry, @Nullable Instant retryAt) {
    JsonNode body = json(answer.body());
    if (body == null || (!body.isArray() && !body.isObject())) {
      return failed(
          "invalid_operations",
          "InvalidOperations",
          "The body of a 206 answer is no list of operations",
          false,
          retryAt,
          false);
    }
    List<JsonNode> operations = new ArrayList<>();
    for (JsonNode operation :
        body.isArray() ? body : JsonNodeFactory.instance.arrayNode().add(body)) {
      String opcode = operation.path("op").asText("");
      boolean errorMissing =
          Opcode.ofWireName(opcode).filter(Opcode.STEP_ERROR::equals).isPresent()
              && !operation.path("error").isObject();
      if (!operation.isObject() || Opcode.ofWireName(opcode).isEmpty() || errorMissing) {
        return failed(
            "invalid_operations",
            "InvalidOperations",
            "An operation cannot be read: "
                + shortened(operation.toString().getBytes(StandardCharsets.UTF_8)),
            false,
            retryAt,
            false);
      }
      operations.add(operation);
    }
    return new Verdict.Reported(operations, version(answer), noRetry, retryAt);
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

  static Verdict.Failed failed(
      String kind,
      String name,
      String message,
      boolean noRetry,
      @Nullable Instant retryAt,
      boolean unreachable) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("name", name);
    error.put("message", message);
    return new Verdict.Failed(kind, error, noRetry, retryAt, unreachable);
  }
}
