package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.Flow;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;
import java.util.List;

/** A graph of data: what does not need one another runs at the same time. */
@InngestFunction(id = "quote-order", event = "shop/quote.requested", flow = Flow.GRAPH)
public class QuoteOrder {
  private final Warehouse warehouse;

  QuoteOrder(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Step
  long goods(List<Item> items) {
    return items.stream().mapToLong(item -> warehouse.price(item.sku()) * item.quantity()).sum();
  }

  @Step
  long shipping(String country) {
    return country.equals("NZ") ? 500 : 2_500;
  }

  @Step
  long discount(String customerId, long goods) {
    return customerId.startsWith("staff-") ? goods / 5 : 0;
  }

  @Step
  Quote quote(long goods, long shipping, long discount) {
    return new Quote(goods, shipping, discount, goods + shipping - discount);
  }

  /** All in cents. */
  public record Quote(long goods, long shipping, long discount, long total) {}
}
