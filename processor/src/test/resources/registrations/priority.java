package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Priority("event.data.vip ? 120 : 0")
class F {
  @Step
  void ship(Order order) {}
}
