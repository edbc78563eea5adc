package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.io.IOException;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed")
class F {
  private final Runnable warehouse;

  F(Runnable warehouse) {
    this.warehouse = warehouse;
  }

  static class OutOfStock extends Exception {
    private static final long serialVersionUID = 1L;

    OutOfStock(String message) {
      super(message);
    }
  }

  @Handler
  List<String> run(OrderPlacedEvent event, Steps steps) throws IOException {
    try {
      return List.of(reserve(event.data().orderId(), 1));
    } catch (OutOfStock e) {
      release(event.data());
      return List.of();
    }
  }

  @Step(formerly = "reserve-item", nonRetriable = IllegalStateException.class, backoff = "1m")
  String reserve(@StepKey String item, int count) throws OutOfStock, IOException {
    warehouse.run();
    return item + count;
  }

  @Step("give back")
  void release(Order order) {}
}
