package dev.vibecoder.inngest.index;

import dev.vibecoder.inngest.annotation.IndexEntry;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import javax.annotation.processing.Generated;

/** Tells other modules of {@code shop.Order}. */
@IndexEntry(
    kind = IndexEntry.Kind.EVENT,
    name = "shop/order.placed",
    source = "shop.Order",
    generated = "shop.OrderPlacedEvent"
)
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public interface Order_8e704428 {
}
