package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.InngestEvent;

/** A parcel has left the warehouse. */
@InngestEvent("shop/order.shipped")
public record OrderShippedData(String orderId, String parcel) {}
