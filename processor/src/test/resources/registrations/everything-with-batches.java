package shop;

import dev.vibecoder.inngest.*;
import dev.vibecoder.inngest.annotation.*;
import java.util.List;

@InngestFunction(id = "f", on = Parcel.class, retries = 0)
@Batch(maxSize = 100, timeout = "1h")
@Concurrency(limit = 1)
@Throttle(limit = 1, period = "7d", burst = 3)
@Timeouts(finish = "1h")
@Checkpoint(batchSteps = 1, maxRuntime = "1m")
class F {
  @Step
  int count(List<Event<?>> events) {
    return events.size();
  }

  @Step
  List<String> parcels(List<Parcel> parcels, int count) {
    return parcels.stream().map(Parcel::parcelId).toList();
  }

  @OnFailure
  void failed(FunctionFailure<? extends Event<?>> failure) {}
}
