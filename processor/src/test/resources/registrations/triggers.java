package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", event = "shop/order.placed", when = "event.data.vip")
@Trigger(on = Cancelled.class, when = "event.data.hard")
@Trigger(event = "shop/*", when = "event.data.audit == true")
@Trigger(event = "shop/shop.closed")
@Cron(value = "0 0 1 * *", jitter = "5m")
class F {
  @Handler
  String run(Event<?> event) {
    return event.name();
  }
}
