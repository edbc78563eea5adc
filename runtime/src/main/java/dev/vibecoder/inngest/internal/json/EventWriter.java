package dev.vibecoder.inngest.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes wire events of typed ones, refusing what the server would refuse or change. */
public final class EventWriter {
  private static final String RESERVED = "inngest/";
  private static final int MAX_BYTES = 3 * 1024 * 1024;
  private static final Instant EARLIEST = Instant.parse("1980-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private EventWriter() {}

  /**
   * Writes an event.
   *
   * @param id what to use where the event has none, or null
   * @throws NonRetriableException if the event has no name, a reserved one, a payload that is no
   *     object or cannot be carried, or an impossible time
   */
  public static EventEnvelope envelope(Event<?> event, @Nullable String id) {
    String name = event.name();
    if (name.isBlank()) {
      throw new NonRetriableException("An event to be sent has no name.");
    }
    if (name.regionMatches(true, 0, RESERVED, 0, RESERVED.length())) {
      throw new NonRetriableException(
          "The event \"" + name + "\" cannot be sent: names beginning with inngest/ are reserved.");
    }
    Instant ts = event.ts();
    if (ts != null && (ts.isBefore(EARLIEST) || !ts.isBefore(LATEST))) {
      throw new NonRetriableException(
          "The event \"" + name + "\" has the time " + ts + "; the server takes 1980 to 2099.");
    }
    return new EventEnvelope(
        event.id() == null ? id : event.id(),
        name,
        object(event.data(), "the payload of the event \"" + name + "\""),
        ts == null ? null : ts.toEpochMilli(),
        event.user() == null || event.user().isNull()
            ? null
            : object(event.user(), "the user of the event \"" + name + "\""),
        event.v());
  }

  private static JsonNode object(@Nullable Object value, String what) {
    byte[] json = Json.write(value, what);
    if (json.length > MAX_BYTES) {
      throw new NonRetriableException(
          "Cannot send "
              + what
              + ": it has "
              + json.length
              + " bytes, the server takes "
              + MAX_BYTES);
    }
    try {
      JsonNode tree = Json.tree(json, 0, json.length);
      if (!tree.isObject()) {
        throw new NonRetriableException(
            "Cannot send " + what + ": it must be a JSON object, not " + tree.getNodeType() + ".");
      }
      return tree;
    } catch (IOException e) {
      throw new NonRetriableException("Cannot send " + what + ": " + e.getMessage(), e);
    }
  }
}
