package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f")
@Trigger(event = "shop/order.*", when = "event.data.a == 1")
@Trigger(event = "shop/order.*", when = "event.data.b == 1")
class F {
  @Handler
  String run(JsonEvent event, com.fasterxml.jackson.databind.JsonNode data) {
    return event.name() + data.size();
  }
}
