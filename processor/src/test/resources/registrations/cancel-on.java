package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;

@InngestFunction(id = "f", event = "shop/order.placed")
@CancelOn(on = Cancelled.class, match = "data.orderId")
@CancelOn(event = "shop/shop.closed", when = "async.data.total == event.data.total", timeout = "2w")
@CancelOn(on = Cancelled.class, match = "data.orderId", when = "async.data.hard", timeout = "1d")
@CancelOn(
    event = "shop/order.cancelled",
    when = "async.data.hard && async.data.orderId == event.data.orderId")
class F {
  @Step
  void ship(Order order) {}
}
