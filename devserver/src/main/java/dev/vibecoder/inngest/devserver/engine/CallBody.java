package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes call requests (protocol, HTTP, sections 2.2 and 7). */
final class CallBody {
  /** Beyond this the app fetches the steps itself. */
  private static final int MAX_STATE_BYTES = 4 * 1024 * 1024 - 1024;

  private CallBody() {}

  static AppTransport.Call of(RunState run, Job job, String requestId) {
    return new AppTransport.Call(
        url(run, job), headers(run, job, requestId), EngineJson.write(body(run, job, requestId)));
  }

  private static URI url(RunState run, Job job) {
    String endpoint = AppState.endpoint(run.function);
    return URI.create(
        job.targeted()
            ? endpoint.replaceFirst("([?&]stepId=)step", "$1" + job.stepId())
            : endpoint);
  }

  private static Map<String, String> headers(RunState run, Job job, String requestId) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Inngest");
    headers.put(ProtocolHeaders.RUN_ID, run.id);
    headers.put(ProtocolHeaders.REQUEST_ID, requestId);
    headers.put(ProtocolHeaders.JOB_ID, job.id());
    headers.put(ProtocolHeaders.GENERATION_ID, Integer.toString(job.attempt() + 1));
    headers.put(ProtocolHeaders.REQUEST_VERSION, Integer.toString(run.version));
    headers.put(ProtocolHeaders.STEP_ID, job.stepId());
    return headers;
  }

  private static ObjectNode body(RunState run, Job job, String requestId) {
    boolean useApi = run.memoBytes > MAX_STATE_BYTES;
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.put("fn_id", AppState.functionUuid(run.function));
    context.put("run_id", run.id);
    context.put("env", "");
    context.put("step_id", Job.DISCOVERY);
    context.put("attempt", job.attempt());
    context.put("max_attempts", run.maxAttempts());
    ObjectNode stack = context.putObject("stack");
    ArrayNode ids = stack.putArray("stack");
    run.stack.forEach(ids::add);
    stack.put("current", job.current());
    context.put(
        "qi_id",
        Base64.getEncoder()
            .encodeToString((job.id() + "::default").getBytes(StandardCharsets.UTF_8)));
    context.put("request_id", requestId);
    context.put("generation_id", job.attempt() + 1);
    context.put("job_id", job.id());
    context.put("disable_immediate_execution", run.planOnly);
    context.put("use_api", useApi);

    ObjectNode body = JsonNodeFactory.instance.objectNode();
    JsonNode event = event(run);
    body.set("event", event);
    body.putArray("events").add(event);
    ObjectNode steps = body.putObject("steps");
    if (!useApi) {
      run.memos.forEach(steps::set);
    }
    body.putObject("defers");
    body.set("ctx", context);
    body.put("version", run.version);
    body.put("use_api", useApi);
    return body;
  }

  /** The event as functions get it: always with a user. */
  private static JsonNode event(RunState run) {
    if (run.event.has("user")) {
      return run.event;
    }
    ObjectNode event = run.event.deepCopy();
    event.putObject("user");
    return event;
  }
}
