package shop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import java.time.Instant;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The event {@code shop/order.placed}, whose payload is {@link Order}.
 *
 * @param id identifies the event; null in one to be sent without an id
 * @param data the payload
 * @param ts when it happened; null for now in one to be sent
 * @param user what is known of the user, or null
 * @param v version of the payload, or null
 */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public record OrderPlacedEvent(@Nullable String id, Order data, @Nullable Instant ts,
    @Nullable JsonNode user, @Nullable String v) implements Event<Order> {
  /** The event's name. */
  public static final String NAME = "shop/order.placed";

  /** The event's type, for triggers and waits. */
  public static final EventType<OrderPlacedEvent> TYPE =
      EventType.of(
          NAME,
          TypeRef.of(Order.class),
          (id, name, data, ts, user, v) -> new OrderPlacedEvent(id, data, ts, user, v));

  /** Checks that there is a payload. */
  public OrderPlacedEvent {
    Objects.requireNonNull(data, "data");
  }

  /**
   * An event to be sent.
   *
   * @param data the payload
   * @return the event, without id and time
   */
  public static OrderPlacedEvent of(Order data) {
    return new OrderPlacedEvent(null, data, null, null, null);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * The same event with another {@code id}.
   *
   * @param newId identifies the event
   * @return a new event
   */
  public OrderPlacedEvent withId(@Nullable String newId) {
    return new OrderPlacedEvent(newId, data, ts, user, v);
  }

  /**
   * The same event with another {@code ts}.
   *
   * @param newTs when it happened
   * @return a new event
   */
  public OrderPlacedEvent withTs(@Nullable Instant newTs) {
    return new OrderPlacedEvent(id, data, newTs, user, v);
  }

  /**
   * The same event with another {@code user}.
   *
   * @param newUser what is known of the user
   * @return a new event
   */
  public OrderPlacedEvent withUser(@Nullable JsonNode newUser) {
    return new OrderPlacedEvent(id, data, ts, newUser, v);
  }

  /**
   * The same event with another {@code v}.
   *
   * @param newV version of the payload
   * @return a new event
   */
  public OrderPlacedEvent withV(@Nullable String newV) {
    return new OrderPlacedEvent(id, data, ts, user, newV);
  }
}
