package shop.app;

import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.annotation.Handler;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;
import shop.events.InngestFunctions;
import shop.events.OrderPlaced;
import shop.events.OrderPlacedEvent;

/** Started by an event, and calling a function, of another jar. */
@InngestFunction(id = "ship", event = "shop/order.placed")
public class Ship {
  @Handler
  String run(OrderPlacedEvent event, Steps steps) {
    return pack(event.data()) + ", " + steps.invoke(InngestFunctions.ARCHIVE, event.data());
  }

  @Step
  String pack(OrderPlaced order) {
    return "packed " + order.orderId();
  }
}
