package shop;

import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.spi.Dependencies;
import javax.annotation.processing.Generated;

/** The durable form of {@link F}. */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class FFunction {
  /** Refers to the function, for calls from other functions. */
  public static final FunctionRef<Order, Void> REF =
      FunctionRef.of("f", TypeRef.of(Void.class));

  private FFunction() {}

  /**
   * Makes the function.
   *
   * @return the function, ready to be registered
   */
  public static FunctionDefinition define() {
    Durable function = new Durable();
    return FunctionDefinition.define("f")
        .on(OrderPlacedEvent.TYPE)
        .name("Fulfil")
        .onFailure(3, (failure, steps) -> {
          function.failed(failure, steps);
          return null;
        })
        .onCancelled((cancellation, steps) -> function.cancelled(steps.context(), cancellation))
        .handle((event, steps) -> {
          function.runSteps(event, steps);
          return null;
        });
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

  private static final class Durable extends F {
    private static final StepDefinition<Void> SHIP =
        StepDefinition.ofVoid("ship", "ed43a8a09e9ba56d3804e6a7a1e00adc332624b1");

    @Override
    void ship(Order order) {
      SHIP.call(
          () -> {
            super.ship(order);
            return null;
          });
    }

    void runSteps(OrderPlacedEvent event, Steps steps) {
      ship(event.data());
    }
  }
}
