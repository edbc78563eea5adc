package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.InngestEvent;

/** A parcel has left the warehouse. */
@InngestEvent(value = "shop/order.shipped", external = true)
public record OrderShippedData(String orderId, String parcel) {}
