package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Debounce(period = "1.5s", timeout = "5m", key = "event.data.orderId")
class F {
  @Step
  void ship(Order order) {}
}
