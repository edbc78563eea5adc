package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.InngestEvent;

/** The customer does not want it any more. */
@InngestEvent("shop/order.cancelled")
public record OrderCancelledData(String orderId) {}
