package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.internal.execution.CallOutcome;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.wire.OperationWriter;
import dev.vibecoder.inngest.middleware.AppResponse;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer before it is signed.
 *
 * @param status the HTTP status
 * @param headers what it has beside the headers of every answer
 * @param body the body
 * @param trusted whether it may name the SDK and be signed
 */
record Answer(int status, Map<String, String> headers, byte[] body, boolean trusted) {
  private static final int MAX_FOUND = 25;

  static Answer json(int status, Object body) {
    return new Answer(status, Map.of(), Json.encode(body), true);
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0], true);
  }

  static Answer unauthenticated(int status, Object body) {
    return new Answer(status, Map.of(), Json.encode(body), false);
  }

  /** A problem between SDK and server; the server tries again. */
  static Answer internal(int status, String name, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "internal");
    body.putAll(problem(name, message));
    return json(status, body);
  }

  /** A request that is not as it should be. */
  static Answer error(int status, String message) {
    return json(status, problem("Error", message));
  }

  private static Map<String, Object> problem(String name, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("message", message);
    body.put("stack", name + ": " + message);
    return body;
  }

  /** What middleware made of an answer. */
  static Answer of(AppResponse response) {
    return new Answer(response.status(), response.headers(), response.body(), true);
  }

  /** The answer for middleware to see. */
  AppResponse response() {
    return new AppResponse(status, headers, body);
  }

  /** What the outcome of a call is on the wire (specification, section 4.4). */
  static Answer of(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Returned returned) {
      return new Answer(200, Map.of(), returned.json(), true);
    }
    if (outcome instanceof CallOutcome.Reported reported) {
      return new Answer(
          206,
          retries(reported.noRetry(), reported.retryAfter()),
          OperationWriter.write(reported.operations()),
          true);
    }
    if (outcome instanceof CallOutcome.Threw threw) {
      return new Answer(
          threw.noRetry() ? 400 : 500,
          retries(threw.noRetry(), threw.retryAfter()),
          Json.encode(threw.error()),
          true);
    }
    return notFound((CallOutcome.TargetNotFound) outcome);
  }

  private static Map<String, String> retries(
      @Nullable Boolean noRetry, @Nullable String retryAfter) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (noRetry != null) {
      headers.put(ProtocolHeaders.NO_RETRY, noRetry.toString());
    }
    if (retryAfter != null) {
      headers.put(ProtocolHeaders.RETRY_AFTER, retryAfter);
    }
    return headers;
  }

  private static Answer notFound(CallOutcome.TargetNotFound missed) {
    List<Map<String, String>> found =
        missed.found().stream()
            .limit(MAX_FOUND)
            .map(
                step ->
                    Map.of(
                        "id", step.hash(), "name", step.name(), "displayName", step.displayName()))
            .toList();
    String names =
        missed.found().stream()
            .limit(MAX_FOUND)
            .map(step -> "\n" + step.name() + " (" + step.hash() + ")")
            .collect(Collectors.joining());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "error",
        "Could not find step \""
            + missed.target()
            + "\" to run. Was the function changed while the run was under way? Found new steps:"
            + (names.isEmpty() ? " none" : names));
    body.put("requestedStep", missed.target());
    body.put("foundSteps", found);
    body.put("totalFoundSteps", missed.found().size());
    return json(500, body).with(ProtocolHeaders.NO_RETRY, "false");
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body, trusted);
  }
}
