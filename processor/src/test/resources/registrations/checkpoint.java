package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
@Checkpoint(batchSteps = 3, batchInterval = "500ms", maxRuntime = "10s")
class F {
  @Step
  void ship(Order order) {}
}
