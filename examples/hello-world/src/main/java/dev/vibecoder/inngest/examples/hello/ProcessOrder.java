package dev.vibecoder.inngest.examples.hello;

import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.annotation.Handler;
import dev.vibecoder.inngest.annotation.InngestFunction;
import dev.vibecoder.inngest.annotation.Step;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An imperative function: ordinary Java in which every call of a step is durable. */
@InngestFunction(id = "process-order", event = "demo/order.placed", retries = 5)
public class ProcessOrder {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessOrder.class);
  private static final int BUSY_ATTEMPTS = 2;

  @Handler
  String run(OrderPlacedData order) {
    int quantity = validate(order);
    String receipt = process(order.orderId(), quantity);
    return save(receipt);
  }

  @Step
  int validate(OrderPlacedData order) {
    LOG.info("Validating order {}", order.orderId());
    if (order.quantity() < 1) {
      throw new NonRetriableException("Order " + order.orderId() + " has no items");
    }
    return order.quantity();
  }

  /** Reaches a service that is busy at first: the first two attempts ask to be tried again. */
  @Step
  String process(String orderId, int quantity) {
    int attempt = StepContext.current().attempt();
    LOG.info("Processing order {}, attempt {}", orderId, attempt + 1);
    if (attempt < BUSY_ATTEMPTS) {
      throw new RetryAfterException("The warehouse is busy", Duration.ofSeconds(1));
    }
    return orderId + " x " + quantity;
  }

  @Step
  String save(String receipt) {
    LOG.info("Saving {}", receipt);
    return "saved: " + receipt;
  }
}
