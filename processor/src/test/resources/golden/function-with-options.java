package shop;

import static dev.vibecoder.inngest.annotation.Singleton.Mode.SKIP;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.annotation.Scope;
import dev.vibecoder.inngest.function.CancelOn;
import dev.vibecoder.inngest.function.Checkpoint;
import dev.vibecoder.inngest.function.Concurrency;
import dev.vibecoder.inngest.function.Debounce;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.RateLimit;
import dev.vibecoder.inngest.function.Singleton;
import dev.vibecoder.inngest.function.Throttle;
import dev.vibecoder.inngest.function.Timeouts;
import dev.vibecoder.inngest.function.Trigger;
import dev.vibecoder.inngest.spi.Dependencies;
import java.time.Duration;
import javax.annotation.processing.Generated;

/** The durable form of {@link F}. */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class FFunction {
  /** Refers to the function, for calls from other functions. */
  public static final FunctionRef<JsonNode, String> REF =
      FunctionRef.of("f", TypeRef.of(String.class));

  private FFunction() {}

  /**
   * Makes the function.
   *
   * @return the function, ready to be registered
   */
  public static FunctionDefinition define() {
    Durable function = new Durable();
    return FunctionDefinition.define("f")
        .onAny(
            Trigger.event(OrderPlacedEvent.TYPE).when("event.data.total > 0"),
            Trigger.event(OrderCancelledEvent.TYPE).when("event.data.hard"),
            Trigger.cron("0 6 * * *"),
            Trigger.cron("TZ=Asia/Tokyo 0 7 * * *").jitter(Duration.ofMinutes(1)))
        .name("Everything")
        .retries(20)
        .concurrency(Concurrency.limit(10))
        .concurrency(Concurrency.limit(2).shared(Scope.ENV, "'orders'"))
        .throttle(Throttle.limit(100, Duration.ofHours(1)))
        .rateLimit(RateLimit.limit(5, Duration.ofHours(1)).key("event.data.orderId"))
        .debounce(Debounce.period(Duration.ofSeconds(10)).key("event.data.orderId")
            .timeout(Duration.ofMinutes(1)))
        .priority("event.data.total > 1000 ? 600 : -600")
        .singleton(Singleton.mode(SKIP).key("event.data.orderId"))
        .cancelOn(CancelOn.event(OrderCancelledEvent.TYPE).match("data.orderId")
            .timeout(Duration.ofDays(30)))
        .cancelOn(CancelOn.event("shop/a"))
        .cancelOn(CancelOn.event("shop/b"))
        .cancelOn(CancelOn.event("shop/c"))
        .cancelOn(CancelOn.event("shop/d"))
        .timeouts(Timeouts.NONE.start(Duration.ofDays(1)).finish(Duration.ofDays(7)))
        .checkpoint(Checkpoint.every(2))
        .onFailure(1, (failure, steps) -> {
          function.failed(failure);
          return null;
        })
        .onCancelled(2, (cancellation, steps) -> {
          function.cancelled(cancellation);
          return null;
        })
        .handle((event, steps) -> function.run(event));
  }

  /**
   * Makes the function with what its constructor needs looked up.
   *
   * @param dependencies looks it up
   * @return the function, ready to be registered
   */
  public static FunctionDefinition define(Dependencies dependencies) {
    return define();
  }

  private static final class Durable extends F {}
}
