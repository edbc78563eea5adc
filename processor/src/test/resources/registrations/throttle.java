package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Throttle(limit = 10, period = "1m30s", burst = 2, key = "event.data.customerId")
class F {
  @Step
  void ship(Order order) {}
}
