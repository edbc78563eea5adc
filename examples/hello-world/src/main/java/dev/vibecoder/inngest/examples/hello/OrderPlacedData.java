package dev.vibecoder.inngest.examples.hello;

import dev.vibecoder.inngest.annotation.InngestEvent;

/**
 * Somebody ordered something.
 *
 * @param orderId identifies the order
 * @param quantity how many
 */
@InngestEvent("demo/order.placed")
public record OrderPlacedData(String orderId, int quantity) {}
