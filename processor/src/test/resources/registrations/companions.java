package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", name = "Fulfil", event = "shop/order.placed")
class F {
  @Step
  void ship(Order order) {}

  @OnFailure(retries = 3)
  void failed(FunctionFailure<OrderPlacedEvent> failure, Steps steps) {}

  @OnCancelled
  String cancelled(FunctionContext context, FunctionCancellation<OrderPlacedEvent> cancellation) {
    return cancellation.event().data().orderId();
  }
}
