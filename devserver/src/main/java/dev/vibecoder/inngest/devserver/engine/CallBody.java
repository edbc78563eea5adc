package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call request (protocol, HTTP, sections 2.2 and 7): what a run was when it was decided on.
 * Taking it is cheap; {@link #write} is not, and may be done by any thread.
 *
 * @param runId the run
 * @param function the function
 * @param event what started the run
 * @param stack the steps that ended, in the order in which they did
 * @param memos what is remembered of them
 * @param memoBytes how much that is
 * @param planOnly whether the app must not run steps at once
 * @param version the protocol version of the run
 * @param job what is called for
 * @param requestId names this call
 */
record CallBody(
    String runId,
    FunctionConfig function,
    AcceptedEvent event,
    List<String> stack,
    Memos memos,
    long memoBytes,
    boolean planOnly,
    int version,
    Job job,
    String requestId) {
  /** Beyond this the app fetches the steps itself. */
  private static final int MAX_STATE_BYTES = 4 * 1024 * 1024 - 1024;

  /** Quotes, colons and commas of a step in the two places where it stands. */
  private static final int PUNCTUATION = 8;

  /** What stands around events and steps. */
  private static final int FRAME = 1_500;

  private static final String STEP_PARAMETER = "stepId=" + Job.DISCOVERY;

  static CallBody of(RunState run, Job job, String requestId) {
    return new CallBody(
        run.id,
        run.function,
        run.event,
        List.copyOf(run.stack),
        run.memos,
        run.memoBytes,
        run.planOnly,
        run.version,
        job,
        requestId);
  }

  AppTransport.Call write() {
    return new AppTransport.Call(
        URI.create(url(AppState.endpoint(function), encodedStepId())),
        headers(),
        CanonicalJson.write(body(), expectedSize()));
  }

  /** Step ids are whatever an app says, so they may hold anything. */
  private String encodedStepId() {
    return URLEncoder.encode(job.stepId(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String url(String endpoint, String stepId) {
    int question = endpoint.indexOf('?');
    int from = question < 0 ? endpoint.length() : question;
    for (int at = endpoint.indexOf(STEP_PARAMETER, from);
        at >= 0;
        at = endpoint.indexOf(STEP_PARAMETER, at + 1)) {
      int end = at + STEP_PARAMETER.length();
      boolean whole = end == endpoint.length() || "&#".indexOf(endpoint.charAt(end)) >= 0;
      if (whole && "?&".indexOf(endpoint.charAt(at - 1)) >= 0) {
        return endpoint.substring(0, at) + "stepId=" + stepId + endpoint.substring(end);
      }
    }
    return endpoint;
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Inngest");
    headers.put(ProtocolHeaders.RUN_ID, runId);
    headers.put(ProtocolHeaders.REQUEST_ID, requestId);
    headers.put(ProtocolHeaders.JOB_ID, job.id());
    headers.put(ProtocolHeaders.GENERATION_ID, Integer.toString(job.attempt() + 1));
    headers.put(ProtocolHeaders.REQUEST_VERSION, Integer.toString(version));
    headers.put(ProtocolHeaders.STEP_ID, encodedStepId());
    return headers;
  }

  private int expectedSize() {
    long steps = memoBytes > MAX_STATE_BYTES ? 0 : memoBytes + (long) stack.size() * PUNCTUATION;
    long ids = stack.stream().mapToLong(String::length).sum();
    return (int) Math.min(Integer.MAX_VALUE / 2, 2 * event.size() + steps + ids + FRAME);
  }

  private void appendStack(CanonicalJson writer) {
    writer.one('[');
    for (int i = 0; i < stack.size(); i++) {
      if (i > 0) {
        writer.one(',');
      }
      writer.text(stack.get(i));
    }
    writer.one(']');
  }

  private ObjectNode body() {
    boolean useApi = memoBytes > MAX_STATE_BYTES;
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.put("fn_id", AppState.functionUuid(function));
    context.put("run_id", runId);
    context.put("env", "");
    context.put("step_id", Job.DISCOVERY);
    context.put("attempt", job.attempt());
    context.put("max_attempts", AppState.retries(function) + 1);
    ObjectNode position = context.putObject("stack");
    position.putPOJO("stack", (CanonicalJson.Fragment) this::appendStack);
    position.put("current", job.current());
    context.put(
        "qi_id",
        Base64.getEncoder()
            .encodeToString((job.id() + "::default").getBytes(StandardCharsets.UTF_8)));
    context.put("request_id", requestId);
    context.put("generation_id", job.attempt() + 1);
    context.put("job_id", job.id());
    context.put("disable_immediate_execution", planOnly);
    context.put("use_api", useApi);

    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode given = event.forFunctions();
    body.set("event", given);
    body.putArray("events").add(given);
    body.putPOJO("steps", useApi ? Memos.NONE : memos);
    body.putObject("defers");
    body.set("ctx", context);
    body.put("version", version);
    body.put("use_api", useApi);
    return body;
  }
}
