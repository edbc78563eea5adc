package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.InngestEvent;
import java.util.List;

/** A customer sends goods back; the total is in cents. */
@InngestEvent("shop/order.returned")
public record OrderReturnedData(String orderId, long total, List<Item> items) {}
