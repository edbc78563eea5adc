package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.InngestEvent;
import java.util.List;

/** A customer asks what something costs. */
@InngestEvent("shop/quote.requested")
public record QuoteRequestedData(String customerId, String country, List<Item> items) {}
