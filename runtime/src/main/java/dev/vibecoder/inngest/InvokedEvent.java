package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event of a function that only other functions start, by {@code invoke}.
 *
 * @param id identifies the event
 * @param data what the function was called with
 * @param ts when it was called
 * @param user what is known of the user, an object; not to be changed
 * @param v version of the payload
 * @param <D> what the function is called with
 */
public record InvokedEvent<D>(
    @Nullable String id, D data, @Nullable Instant ts, @Nullable JsonNode user, @Nullable String v)
    implements Event<D> {
  /** Its name. */
  public static final String NAME = "inngest/function.invoked";

  /**
   * Checks that the payload is there.
   *
   * @param id identifies the event
   * @param data what the function was called with
   * @param ts when it was called
   * @param user what is known of the user
   * @param v version of the payload
   */
  public InvokedEvent {
    Objects.requireNonNull(data, "data");
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Describes the event.
   *
   * @param data type of the payload
   * @param <D> what the function is called with
   * @return the type
   */
  public static <D> EventType<InvokedEvent<D>> type(TypeRef<D> data) {
    return EventType.of(
        NAME,
        data,
        (id, name, payload, ts, user, v) -> new InvokedEvent<>(id, payload, ts, user, v));
  }
}
