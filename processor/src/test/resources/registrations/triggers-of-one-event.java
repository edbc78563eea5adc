package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f")
@Trigger(on = Order.class, when = "event.data.vip")
@Trigger(on = Order.class, when = "event.data.total > 1000")
class F {
  @Handler
  String run(OrderPlacedEvent event, Order order) {
    return event.name() + order.orderId();
  }
}
