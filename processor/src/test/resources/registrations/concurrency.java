package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Concurrency(limit = 10, key = "event.data.customerId")
@Concurrency(limit = 3, scope = Scope.ACCOUNT, key = "'mail'")
class F {
  @Step
  void ship(Order order) {}
}
