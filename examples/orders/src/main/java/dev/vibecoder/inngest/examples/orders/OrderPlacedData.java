package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.InngestEvent;
import java.util.List;

/** A customer has ordered; the total is in cents. */
@InngestEvent("shop/order.placed")
public record OrderPlacedData(String orderId, String customerId, long total, List<Item> items) {}
