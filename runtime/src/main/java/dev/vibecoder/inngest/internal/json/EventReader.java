package dev.vibecoder.inngest.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.NonRetriableException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes typed events of received ones. */
public final class EventReader {
  private EventReader() {}

  /**
   * Decodes an event as the first of several types that has its name; a pattern takes what is left.
   *
   * @throws NonRetriableException if the payload does not fit its type: it never will
   */
  public static Event<?> read(JsonNode event, List<EventType<?>> types) {
    String name = event.path("name").asText("");
    return read(event, name, type(name, types));
  }

  private static EventType<?> type(String name, List<EventType<?>> types) {
    for (EventType<?> type : types) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    for (EventType<?> type : types) {
      if (type.isPattern() && name.startsWith(prefix(type))) {
        return type;
      }
    }
    // Runs that were started by a call instead of an event: the only payload type is meant.
    return types.size() == 1 ? types.get(0) : EventType.json(name.isEmpty() ? "unnamed" : name);
  }

  private static String prefix(EventType<?> pattern) {
    return pattern.name().substring(0, pattern.name().length() - 1);
  }

  private static Event<?> read(JsonNode event, String name, EventType<?> type) {
    JsonNode data = event.path("data");
    if (data.isMissingNode() || data.isNull()) {
      data = JsonNodeFactory.instance.objectNode();
    }
    Object payload;
    try {
      payload = Json.read(data, type.dataType());
    } catch (IOException e) {
      throw new NonRetriableException(
          "The payload of the event \""
              + name
              + "\" cannot be read as "
              + type.dataType()
              + ": "
              + Json.problem(e),
          e);
    }
    if (payload == null) {
      throw new NonRetriableException("The payload of the event \"" + name + "\" is empty.");
    }
    // A fetched event has none where one in a call has an empty one: a replay must not see that.
    @Nullable JsonNode user =
        event.has("user") ? event.get("user") : JsonNodeFactory.instance.objectNode();
    if (!user.isObject()) {
      user = null;
    }
    return type.create(text(event, "id"), name, payload, time(event), user, text(event, "v"));
  }

  private static @Nullable String text(JsonNode event, String key) {
    JsonNode value = event.get(key);
    return value == null || value.isNull() ? null : value.asText();
  }

  private static @Nullable Instant time(JsonNode event) {
    JsonNode ts = event.get("ts");
    return ts != null && ts.isNumber() ? Instant.ofEpochMilli(ts.asLong()) : null;
  }
}
