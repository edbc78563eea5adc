package shop.events;

import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;

@InngestFunction(id = "archive", event = "shop/order.placed")
public class Archive {
  @Step
  String store(String orderId) {
    return "archived " + orderId;
  }
}
