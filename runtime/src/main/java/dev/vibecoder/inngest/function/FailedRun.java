package dev.vibecoder.inngest.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FunctionFailure;
import dev.vibecoder.inngest.internal.json.EventReader;
import dev.vibecoder.inngest.protocol.ErrorObject;
import java.util.List;

/** A failed run as told by the payload of the event {@code inngest/function.failed}. */
record FailedRun<E extends Event<?>>(
    String functionId, String runId, ErrorObject error, JsonNode rawEvent, List<EventType<?>> types)
    implements FunctionFailure<E> {

  static <E extends Event<?>> FailedRun<E> of(JsonNode failed, List<EventType<?>> types) {
    return new FailedRun<>(
        failed.path("function_id").asText(),
        failed.path("run_id").asText(),
        ErrorObject.read(failed.path("error")),
        failed.path("event"),
        types);
  }

  // The failed function was started by one of these types, of which E is a supertype.
  @Override
  @SuppressWarnings("unchecked")
  public E event() {
    return (E) EventReader.read(rawEvent, types);
  }
}
