package shop;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends the events of this module with a client that it is given, where {@link InngestEvents}
 * uses the default one. Immutable and safe for use by many threads; in a
 * function, use {@code Steps.send}.
 */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class InngestEventSender {
  private final Inngest inngest;

  /**
   * Makes a sender.
   *
   * @param inngest sends the events
   */
  public InngestEventSender(Inngest inngest) {
    this.inngest = Objects.requireNonNull(inngest, "inngest");
  }

  /**
   * Sends the event {@code shop/order.cancelled} and waits until the server has accepted it.
   *
   * @param data the payload
   * @return the server's id of the event
   */
  public SendResult sendOrderCancelledEvent(Cancelled data) {
    return inngest.send(OrderCancelledEvent.of(data));
  }

  /**
   * Sends the event {@code shop/order.cancelled}.
   *
   * @param data the payload
   * @return completes with the server's id of the event
   */
  public CompletableFuture<SendResult> sendOrderCancelledEventAsync(Cancelled data) {
    return inngest.sendAsync(OrderCancelledEvent.of(data));
  }

  /**
   * Sends many events {@code shop/order.cancelled} at once and waits until the server has
   * accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public SendResult sendOrderCancelledEvents(Collection<Cancelled> data) {
    return inngest.send(data.stream().map(OrderCancelledEvent::of).toList());
  }

  /**
   * Sends the event {@code shop/order.placed} and waits until the server has accepted it.
   *
   * @param data the payload
   * @return the server's id of the event
   */
  public SendResult sendOrderPlacedEvent(Order data) {
    return inngest.send(OrderPlacedEvent.of(data));
  }

  /**
   * Sends the event {@code shop/order.placed}.
   *
   * @param data the payload
   * @return completes with the server's id of the event
   */
  public CompletableFuture<SendResult> sendOrderPlacedEventAsync(Order data) {
    return inngest.sendAsync(OrderPlacedEvent.of(data));
  }

  /**
   * Sends many events {@code shop/order.placed} at once and waits until the server has
   * accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public SendResult sendOrderPlacedEvents(Collection<Order> data) {
    return inngest.send(data.stream().map(OrderPlacedEvent::of).toList());
  }

  /**
   * Sends the event {@code shop/parcel.lost} and waits until the server has accepted it.
   *
   * @param data the payload
   * @return the server's id of the event
   */
  public SendResult sendParcelLostEvent(Lost data) {
    return inngest.send(ParcelLostEvent.of(data));
  }

  /**
   * Sends the event {@code shop/parcel.lost}.
   *
   * @param data the payload
   * @return completes with the server's id of the event
   */
  public CompletableFuture<SendResult> sendParcelLostEventAsync(Lost data) {
    return inngest.sendAsync(ParcelLostEvent.of(data));
  }

  /**
   * Sends many events {@code shop/parcel.lost} at once and waits until the server has
   * accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public SendResult sendParcelLostEvents(Collection<Lost> data) {
    return inngest.send(data.stream().map(ParcelLostEvent::of).toList());
  }

  /**
   * Sends the event {@code shop/parcel.shipped} and waits until the server has accepted it.
   *
   * @param data the payload
   * @return the server's id of the event
   */
  public SendResult sendParcelShippedEvent(Shipped data) {
    return inngest.send(ParcelShippedEvent.of(data));
  }

  /**
   * Sends the event {@code shop/parcel.shipped}.
   *
   * @param data the payload
   * @return completes with the server's id of the event
   */
  public CompletableFuture<SendResult> sendParcelShippedEventAsync(Shipped data) {
    return inngest.sendAsync(ParcelShippedEvent.of(data));
  }

  /**
   * Sends many events {@code shop/parcel.shipped} at once and waits until the server has
   * accepted them.
   *
   * @param data the payloads
   * @return the server's ids of the events, in order
   */
  public SendResult sendParcelShippedEvents(Collection<Shipped> data) {
    return inngest.send(data.stream().map(ParcelShippedEvent::of).toList());
  }
}
