package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.annotation.Handler;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;
import dev.vibecoder.inngest.annotation.StepKey;

/** A saga: what was done is undone, last first, when a later step fails for good. */
@InngestFunction(id = "return-order", event = "shop/order.returned", retries = 2)
public class ReturnOrder {
  private final Payments payments;
  private final Warehouse warehouse;

  ReturnOrder(Payments payments, Warehouse warehouse) {
    this.payments = payments;
    this.warehouse = warehouse;
  }

  @Handler
  String run(OrderReturnedData order, Steps step) {
    return step.saga(
        undo -> {
          for (Item item : order.items()) {
            restock(item.sku(), item);
            undo.step(() -> warehouse.unstock(item));
          }
          return refund(order);
        });
  }

  @Step
  void restock(@StepKey String sku, Item item) {
    warehouse.restock(item);
  }

  @Step
  String refund(OrderReturnedData order) {
    payments.refund(order.orderId(), order.total(), StepContext.current().idempotencyKey());
    return "refunded " + order.orderId();
  }
}
