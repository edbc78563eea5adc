package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(
    id = "f",
    event = "shop/order.placed",
    when = "event.data.total > 100 && event.data.customerId != \"test\"")
class F {
  @Step
  void ship(Order order) {}
}
