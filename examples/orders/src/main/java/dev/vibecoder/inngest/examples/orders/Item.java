package dev.vibecoder.inngest.examples.orders;

/** One line of an order. */
public record Item(String sku, int quantity) {}
