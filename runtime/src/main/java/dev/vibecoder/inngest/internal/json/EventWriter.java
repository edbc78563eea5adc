package dev.vibecoder.inngest.internal.json;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes wire events of typed ones, refusing what the server would refuse or change. */
public final class EventWriter {
  private static final byte[] ID = ascii("\"id\":");
  private static final byte[] NAME = ascii("\"name\":");
  private static final byte[] DATA = ascii(",\"data\":");
  private static final byte[] TS = ascii(",\"ts\":");
  private static final byte[] USER = ascii(",\"user\":");
  private static final byte[] V = ascii(",\"v\":");
  private static final int EXPECTED_REST = 128;
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
    requireSendable(event);
    String name = event.name();
    return new EventEnvelope(
        event.id() == null ? id : event.id(),
        name,
        tree(event.data(), payloadOf(name)),
        epochMillis(event.ts()),
        hasUser(event) ? tree(event.user(), userOf(name)) : null,
        event.v());
  }

  /**
   * Writes an event straight to the bytes of the wire.
   *
   * @throws NonRetriableException as {@link #envelope} does
   */
  public static byte[] encode(Event<?> event) {
    requireSendable(event);
    byte[] data = object(event.data(), payloadOf(event.name()));
    ByteArrayBuilder bytes = new ByteArrayBuilder(data.length + EXPECTED_REST);
    bytes.write('{');
    if (event.id() != null) {
      bytes.write(ID);
      bytes.write(Json.encode(event.id()));
      bytes.write(',');
    }
    bytes.write(NAME);
    bytes.write(Json.encode(event.name()));
    bytes.write(DATA);
    bytes.write(data);
    Long ts = epochMillis(event.ts());
    if (ts != null) {
      bytes.write(TS);
      bytes.write(Json.encode(ts));
    }
    if (hasUser(event)) {
      bytes.write(USER);
      bytes.write(object(event.user(), userOf(event.name())));
    }
    if (event.v() != null) {
      bytes.write(V);
      bytes.write(Json.encode(event.v()));
    }
    bytes.write('}');
    return bytes.toByteArray();
  }

  private static String payloadOf(String name) {
    return "the payload of the event \"" + name + "\"";
  }

  private static String userOf(String name) {
    return "the user of the event \"" + name + "\"";
  }

  private static boolean hasUser(Event<?> event) {
    return event.user() != null && !event.user().isNull();
  }

  private static @Nullable Long epochMillis(@Nullable Instant ts) {
    return ts == null ? null : ts.toEpochMilli();
  }

  private static void requireSendable(Event<?> event) {
    String name = event.name();
    if (name.isBlank()) {
      throw new NonRetriableException("An event to be sent has no name.");
    }
    if (name.regionMatches(true, 0, RESERVED, 0, RESERVED.length())) {
      throw new NonRetriableException(
          "The event \"" + name + "\" cannot be sent: names beginning with inngest/ are reserved.");
    }
    requireWhole("name", name, name);
    requireWhole("id", event.id(), name);
    requireWhole("version", event.v(), name);
    Instant ts = event.ts();
    if (ts != null && (ts.isBefore(EARLIEST) || !ts.isBefore(LATEST))) {
      throw new NonRetriableException(
          "The event \"" + name + "\" has the time " + ts + "; the server takes 1980 to 2099.");
    }
  }

  private static void requireWhole(String part, @Nullable String text, String name) {
    if (text != null && !UnicodeText.isWhole(text)) {
      throw new NonRetriableException(
          "The "
              + part
              + " of the event \""
              + name
              + "\" would arrive changed: "
              + UnicodeText.problem(text));
    }
  }

  private static JsonNode tree(@Nullable Object value, String what) {
    byte[] json = object(value, what);
    try {
      return Json.tree(json, 0, json.length);
    } catch (IOException e) {
      throw new NonRetriableException("Cannot send " + what + ": " + e.getMessage(), e);
    }
  }

  private static byte[] object(@Nullable Object value, String what) {
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
    if (json[0] != '{') {
      throw new NonRetriableException(
          "Cannot send " + what + ": it must be a JSON object, not " + kind(json[0]) + ".");
    }
    return json;
  }

  private static String kind(byte first) {
    return switch (first) {
      case '[' -> "an array";
      case '"' -> "a text";
      case 't', 'f' -> "a boolean";
      case 'n' -> "null";
      default -> "a number";
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
