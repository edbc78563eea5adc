package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Timeouts(start = "10m", finish = "2h30m")
class F {
  @Step
  void ship(Order order) {}
}
