package shop.events;

import dev.vibecoder.inngest.annotation.InngestEvent;

@InngestEvent("shop/order.placed")
public record OrderPlaced(String orderId) {}
