package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Batch(maxSize = 50, timeout = "90s", key = "event.data.customerId", when = "event.data.total < 100")
class F {
  @Handler
  int run(List<OrderPlacedEvent> events, List<Order> orders) {
    return events.size() + orders.size();
  }
}
