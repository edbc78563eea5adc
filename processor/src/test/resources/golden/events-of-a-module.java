package shop;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * The events of this module. Sending uses the {@linkplain Inngest#getDefault()
 * default client}, {@link InngestEventSender} another; in a function, use {@code Steps.send}.
 */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class InngestEvents {
  /** Name of the event {@link OrderCancelledEvent}. */
  public static final String ORDER_CANCELLED_EVENT = "shop/order.cancelled";

  /** Name of the event {@link OrderPlacedEvent}. */
  public static final String ORDER_PLACED_EVENT = "shop/order.placed";

  /** Name of the event {@link ParcelLostEvent}. */
  public static final String PARCEL_LOST_EVENT = "shop/parcel.lost";

  /** Name of the event {@link ParcelShippedEvent}. */
  public static final String PARCEL_SHIPPED_EVENT = "shop/parcel.shipped";

  private InngestEvents() {}

  /**
   * Sends the event {@code shop/order.cancelled} and waits until the server has accepted it.
   *
   * @param data the payload
   * @return the server's id of the event
   */
  public static SendResult sendOrderCancelledEvent(Cancelled data) {
    return Inngest.getDefault().send(OrderCancelledEvent.of(data));
  }

  /**
   * Sends the event {@code shop/order.cancelled}.
   *
   * @param data the payload
   * @return completes with the server's id of the event
   */
  public static CompletableFuture<SendResult> sendOrderCancelledEventAsync(Cancelled data) {
    return Inngest.getDefault().sendAsync(OrderCancelledEvent.of(data));
  }

  /**
   * Sends many events {@code shop/order.cancelled} at once and waits until the server has
   * accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public static SendResult sendOrderCancelledEvents(Collection<Cancelled> data) {
    return Inngest.getDefault().send(data.stream().map(OrderCancelledEvent::of).toList());
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
   * Sends many events {@code shop/order.placed} at once and waits until the server has
   * accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public static SendResult sendOrderPlacedEvents(Collection<Order> data) {
    return Inngest.getDefault().send(data.stream().map(OrderPlacedEvent::of).toList());
  }

  /**
   * Sends the event {@code shop/parcel.lost} and waits until the server has accepted it.
   *
   * @param data the payload
   * @return the server's id of the event
   */
  public static SendResult sendParcelLostEvent(Lost data) {
    return Inngest.getDefault().send(ParcelLostEvent.of(data));
  }

  /**
   * Sends the event {@code shop/parcel.lost}.
   *
   * @param data the payload
   * @return completes with the server's id of the event
   */
  public static CompletableFuture<SendResult> sendParcelLostEventAsync(Lost data) {
    return Inngest.getDefault().sendAsync(ParcelLostEvent.of(data));
  }

  /**
   * Sends many events {@code shop/parcel.lost} at once and waits until the server has
   * accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public static SendResult sendParcelLostEvents(Collection<Lost> data) {
    return Inngest.getDefault().send(data.stream().map(ParcelLostEvent::of).toList());
  }

  /**
   * Sends the event {@code shop/parcel.shipped} and waits until the server has accepted it.
   *
   * @param data the payload
   * @return the server's id of the event
   */
  public static SendResult sendParcelShippedEvent(Shipped data) {
    return Inngest.getDefault().send(ParcelShippedEvent.of(data));
  }

  /**
   * Sends the event {@code shop/parcel.shipped}.
   *
   * @param data the payload
   * @return completes with the server's id of the event
   */
  public static CompletableFuture<SendResult> sendParcelShippedEventAsync(Shipped data) {
    return Inngest.getDefault().sendAsync(ParcelShippedEvent.of(data));
  }

  /**
   * Sends many events {@code shop/parcel.shipped} at once and waits until the server has
   * accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public static SendResult sendParcelShippedEvents(Collection<Shipped> data) {
    return Inngest.getDefault().send(data.stream().map(ParcelShippedEvent::of).toList());
  }
}
