package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed", flow = Flow.GRAPH)
class F {
  record Charge(String id) {}

  @Step
  Charge charge(Order order) {
    return new Charge(order.orderId());
  }

  @Step
  List<String> reserve(String orderId, int total) {
    return List.of(orderId, "" + total);
  }

  @Step(name = "Ship it", retries = 9)
  String ship(Charge charge, List<String> reserve) {
    return charge.id() + reserve;
  }

  @Step(after = "ship")
  void thank(String customerId) {}
}
