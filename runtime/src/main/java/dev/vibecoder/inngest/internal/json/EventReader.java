package dev.vibecoder.inngest.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.protocol.EventEnvelope;
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
    String name = name(event);
    return read(
        text(event, "id"),
        name,
        event.get("data"),
        time(event),
        user(event),
        text(event, "v"),
        type(name, types));
  }

  /** The same for an event that middleware may have changed. */
  public static Event<?> read(EventEnvelope event, List<EventType<?>> types) {
    Long ts = event.ts();
    return read(
        event.id(),
        event.name(),
        event.data(),
        ts == null ? null : Instant.ofEpochMilli(ts),
        event.user(),
        event.v(),
        type(event.name(), types));
  }

  /** What of a received event has a meaning. */
  public static EventEnvelope envelope(JsonNode event) {
    Instant ts = time(event);
    return new EventEnvelope(
        text(event, "id"),
        name(event),
        event.get("data"),
        ts == null ? null : ts.toEpochMilli(),
        user(event),
        text(event, "v"));
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

  private static Event<?> read(
      @Nullable String id,
      String name,
      @Nullable JsonNode given,
      @Nullable Instant ts,
      @Nullable JsonNode user,
      @Nullable String v,
      EventType<?> type) {
    JsonNode data = given == null || given.isNull() ? JsonNodeFactory.instance.objectNode() : given;
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
    return type.create(id, name, payload, ts, user, v);
  }

  private static String name(JsonNode event) {
    return event.path("name").asText("");
  }

  private static @Nullable JsonNode user(JsonNode event) {
    // A fetched event has none where one in a call has an empty one: a replay must not see that.
    JsonNode user = event.has("user") ? event.get("user") : JsonNodeFactory.instance.objectNode();
    return user.isObject() ? user : null;
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
