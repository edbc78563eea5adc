package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(
    id = "f",
    name = "Everything",
    event = "shop/order.placed",
    when = "event.data.total > 0",
    cron = "0 6 * * *",
    retries = 20)
@Trigger(on = Cancelled.class, when = "event.data.hard")
@Cron(value = "0 7 * * *", zone = "Asia/Tokyo", jitter = "1m")
@Concurrency(limit = 10)
@Concurrency(limit = 2, scope = Scope.ENV, key = "'orders'")
@Throttle(limit = 100, period = "1h")
@RateLimit(limit = 5, period = "1h", key = "event.data.orderId")
@Debounce(period = "10s", timeout = "1m", key = "event.data.orderId")
@Priority("event.data.total > 1000 ? 600 : -600")
@Singleton(key = "event.data.orderId")
@CancelOn(on = Cancelled.class, match = "data.orderId", timeout = "30d")
@CancelOn(event = "shop/a")
@CancelOn(event = "shop/b")
@CancelOn(event = "shop/c")
@CancelOn(event = "shop/d")
@Timeouts(start = "1d", finish = "7d")
@Checkpoint(batchSteps = 2)
class F {
  @Handler
  String run(Event<?> event) {
    return event.name();
  }

  @OnFailure(retries = 1)
  void failed(FunctionFailure<? extends Event<?>> failure) {}

  @OnCancelled(retries = 2)
  void cancelled(FunctionCancellation<? extends Event<?>> cancellation) {}
}
