package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event whose payload is left as JSON: for names without a payload class and for patterns.
 *
 * @param id identifies the event
 * @param name what happened
 * @param data the payload, an object; not to be changed
 * @param ts when it happened
 * @param user what is known of the user, an object; not to be changed
 * @param v version of the payload
 */
public record JsonEvent(
    @Nullable String id,
    String name,
    JsonNode data,
    @Nullable Instant ts,
    @Nullable JsonNode user,
    @Nullable String v)
    implements Event<JsonNode> {

  /**
   * Checks that the event has a name and a payload.
   *
   * @param id identifies the event
   * @param name what happened
   * @param data the payload
   * @param ts when it happened
   * @param user what is known of the user
   * @param v version of the payload
   */
  public JsonEvent {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(data, "data");
  }

  /**
   * An event to be sent.
   *
   * @param name what happened
   * @param data the payload, an object
   * @return the event, without id and time
   */
  public static JsonEvent of(String name, JsonNode data) {
    return new JsonEvent(null, name, data, null, null, null);
  }

  /**
   * The same event with an id.
   *
   * @param newId identifies the event
   * @return a new event
   */
  public JsonEvent withId(@Nullable String newId) {
    return new JsonEvent(newId, name, data, ts, user, v);
  }

  /**
   * The same event at another time.
   *
   * @param newTs when it happened
   * @return a new event
   */
  public JsonEvent withTs(@Nullable Instant newTs) {
    return new JsonEvent(id, name, data, newTs, user, v);
  }
}
