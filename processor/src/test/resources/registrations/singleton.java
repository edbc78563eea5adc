package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Singleton(key = "event.data.customerId", mode = Singleton.Mode.CANCEL)
class F {
  @Step
  void ship(Order order) {}
}
