package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: a name, a payload and what is known of them. The processor generates one
 * record that implements this for every {@code @InngestEvent}; {@link JsonEvent} serves for all
 * others. Immutable.
 *
 * @param <T> type of the payload
 */
public interface Event<T> {
  /**
   * Identifies the event: events with the same id start a function only once in 24 hours.
   *
   * @return any text; null in an event to be sent without one, never null in a received one
   */
  @Nullable String id();

  /**
   * What happened.
   *
   * @return the event's name
   */
  String name();

  /**
   * The payload.
   *
   * @return the payload
   */
  T data();

  /**
   * When it happened; a time in the future delays the functions that the event starts.
   *
   * @return milliseconds precision; null stands for now in an event to be sent, never null in a
   *     received one
   */
  @Nullable Instant ts();

  /**
   * What is known of the user who caused it.
   *
   * @return a JSON object, or null
   */
  @Nullable JsonNode user();

  /**
   * Version of the payload.
   *
   * @return any text, or null
   */
  @Nullable String v();
}
