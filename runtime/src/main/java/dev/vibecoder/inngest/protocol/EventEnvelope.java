package dev.vibecoder.inngest.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An event on the wire (event API, section 1.1).
 *
 * @param id the sender's id or, when received, the server's ULID where the sender gave none
 * @param name the event's name
 * @param data the payload, an object
 * @param ts when it happened, in epoch milliseconds
 * @param user anything known of the user, an object
 * @param v the version of the payload's schema
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventEnvelope(
    @Nullable String id,
    String name,
    @Nullable JsonNode data,
    @Nullable Long ts,
    @Nullable JsonNode user,
    @Nullable String v) {
  /**
   * The same event with another payload.
   *
   * @param newData the payload, an object
   * @return a new event
   */
  public EventEnvelope withData(@Nullable JsonNode newData) {
    return new EventEnvelope(id, name, newData, ts, user, v);
  }
}
