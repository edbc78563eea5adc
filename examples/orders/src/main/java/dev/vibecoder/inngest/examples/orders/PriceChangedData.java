package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.InngestEvent;

/** A product has a new price, in cents. */
@InngestEvent("shop/price.changed")
public record PriceChangedData(String sku, long price) {}
