package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.FunctionCancellation;
import dev.vibecoder.inngest.FunctionFailure;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.annotation.CancelOn;
import dev.vibecoder.inngest.annotation.Concurrency;
import dev.vibecoder.inngest.annotation.Handler;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.OnCancelled;
import dev.vibecoder.inngest.annotation.OnFailure;
import dev.vibecoder.inngest.annotation.Step;
import dev.vibecoder.inngest.annotation.StepKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the order to the parcel: days of waiting, in code that reads from top to bottom. */
@InngestFunction(
    id = "fulfil-order",
    event = "shop/order.placed",
    idempotency = "event.data.orderId")
@Concurrency(limit = 2, key = "event.data.customerId")
@CancelOn(event = "shop/order.cancelled", match = "data.orderId")
public class FulfilOrder {
  private static final Logger LOG = LoggerFactory.getLogger(FulfilOrder.class);

  private final Payments payments;
  private final Warehouse warehouse;

  FulfilOrder(Payments payments, Warehouse warehouse) {
    this.payments = payments;
    this.warehouse = warehouse;
  }

  @Handler
  Fulfilment run(OrderPlacedEvent event, Steps step) {
    OrderPlacedData order = event.data();
    String charge;
    try {
      charge = charge(order);
    } catch (PaymentDeclinedException declined) {
      return new Fulfilment(order.orderId(), "declined: " + declined.getMessage(), List.of());
    }
    List<String> shelves =
        step.forEach(order.items(), Item::sku, item -> reserve(item.sku(), item));
    Optional<OrderShippedEvent> shipped =
        step.waitForEvent(
            OrderShippedEvent.TYPE, Wait.atMost(Duration.ofDays(3)).match("data.orderId"));
    if (shipped.isEmpty()) {
      String ticket =
          step.invoke(
              InngestFunctions.ESCALATE, new Escalation(order.orderId(), "nothing was shipped"));
      return new Fulfilment(order.orderId(), "escalated: " + ticket, shelves);
    }
    return new Fulfilment(order.orderId(), "paid with " + charge + ", shipped", shelves);
  }

  /** Tried again by its own rules, and not at all when the bank says no. */
  @Step(
      retries = 6,
      backoff = {"1s", "10s", "1m"},
      nonRetriable = PaymentDeclinedException.class)
  String charge(OrderPlacedData order) throws PaymentDeclinedException {
    String key = StepContext.current().idempotencyKey();
    return payments.charge(order.customerId(), order.total(), key);
  }

  @Step
  String reserve(@StepKey String sku, Item item) {
    LOG.info("Reserving {} x {}", item.quantity(), sku);
    return warehouse.reserve(item);
  }

  /** What comes back from this function. */
  public record Fulfilment(String orderId, String state, List<String> shelves) {}

  @OnFailure
  void failed(FunctionFailure<OrderPlacedEvent> failure) {
    LOG.error("Order {} is stuck: {}", failure.event().data().orderId(), failure.error().message());
  }

  @OnCancelled
  void cancelled(FunctionCancellation<OrderPlacedEvent> cancellation) {
    LOG.info("Order {} was cancelled", cancellation.event().data().orderId());
  }
}
