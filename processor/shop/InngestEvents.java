package shop;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * The events of this module. Sending uses the {@linkplain Inngest#getDefault() default client}; in a function, use {@code Steps.send}.
 */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class InngestEvents {
  /** Name of the event {@link OrderPlacedEvent}. */
  public static final String ORDER_PLACED_EVENT = "shop/order.placed";

  private InngestEvents() {
  }

  /**
   * Sends the event {@code shop/order.placed} and waits until the server has accepted it.
   *
   * @param data the payload
   * @return the server's id of the event
   */
  public static SendResult sendOrderPlacedEvent(Order data) {
    return Inngest.getDefault().send(OrderPlacedEvent.of(data));
  }

  /**
   * Sends the event {@code shop/order.placed}.
   *
   * @param data the payload
   * @return completes with the server's id of the event
   */
  public static CompletableFuture<SendResult> sendOrderPlacedEventAsync(Order data) {
    return Inngest.getDefault().sendAsync(OrderPlacedEvent.of(data));
  }

  /**
   * Sends many events {@code shop/order.placed} at once and waits until the server has accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public static SendResult sendOrderPlacedEvents(Collection<Order> data) {
    return Inngest.getDefault().send(data.stream().map(OrderPlacedEvent::of).toList());
  }
}
