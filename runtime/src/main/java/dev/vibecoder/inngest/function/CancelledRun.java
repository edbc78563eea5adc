package dev.vibecoder.inngest.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FunctionCancellation;
import dev.vibecoder.inngest.internal.json.EventReader;
import java.util.List;

/** A cancelled run as told by the payload of the event {@code inngest/function.cancelled}. */
record CancelledRun<E extends Event<?>>(
    String functionId, String runId, JsonNode rawEvent, List<EventType<?>> types)
    implements FunctionCancellation<E> {

  static <E extends Event<?>> CancelledRun<E> of(JsonNode cancelled, List<EventType<?>> types) {
    return new CancelledRun<>(
        cancelled.path("function_id").asText(),
        cancelled.path("run_id").asText(),
        cancelled.path("event"),
        types);
  }

  // The cancelled function was started by one of these types, of which E is a supertype.
  @Override
  @SuppressWarnings("unchecked")
  public E event() {
    return (E) EventReader.read(rawEvent, types);
  }
}
