package dev.vibecoder.inngest.examples.orders;

import dev.vibecoder.inngest.annotation.Batch;
import dev.vibecoder.inngest.annotation.Handler;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many events, one run: up to a hundred of them, or what has come within five seconds. */
@InngestFunction(id = "index-prices", event = "shop/price.changed")
@Batch(maxSize = 100, timeout = "5s")
public class IndexPrices {
  @Handler
  int run(List<PriceChangedData> changes) {
    Map<String, Long> newest = new TreeMap<>();
    changes.forEach(change -> newest.put(change.sku(), change.price()));
    return write(newest);
  }

  @Step
  int write(Map<String, Long> prices) {
    return prices.size();
  }
}
