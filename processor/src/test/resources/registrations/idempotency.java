package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed", idempotency = "event.data.orderId")
class F {
  @Step
  void ship(Order order) {}
}
