package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Concurrency(limit = 2, key = "event.data.customerId", wholeRuns = true)
@Concurrency(limit = 5)
class F {
  @Step
  void ship(Order order) {}
}
