package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", on = {Order.class, Cancelled.class})
class F {
  @Handler
  String run(Event<?> event) {
    return event instanceof OrderPlacedEvent order ? order.data().orderId() : event.name();
  }
}
