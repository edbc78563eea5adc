package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(
    id = "f",
    name = "Fulfil \"orders\"",
    description = "Charges $1 & ships {everything}",
    event = "shop/order.placed")
class F {
  @Step
  void ship(Order order) {}
}
