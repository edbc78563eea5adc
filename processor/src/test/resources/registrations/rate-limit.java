package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@RateLimit(limit = 1, period = "1d", key = "event.data.customerId")
class F {
  @Step
  void ship(Order order) {}
}
