package shop;

import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.StepGraph;
import dev.vibecoder.inngest.spi.Dependencies;
import java.util.List;
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
        .steps(Durable.SHIP)
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
    private static final StepDefinition<F.Charge> CHARGE =
        StepDefinition.of(
            "charge", "5ea9c348e59fe73a4b15cb287e33e4546dcef782", TypeRef.of(F.Charge.class));

    private static final StepDefinition<List<String>> RESERVE =
        StepDefinition.of(
            "reserve", "5bac43c0231290341c42a3cef48b789922d02b35", new TypeRef<List<String>>() {});

    private static final StepDefinition<String> SHIP =
        StepDefinition.of(
            "ship", "ed43a8a09e9ba56d3804e6a7a1e00adc332624b1", TypeRef.of(String.class))
            .named("Ship it")
            .retries(9);

    private static final StepDefinition<Void> THANK =
        StepDefinition.ofVoid("thank", "c4121f6a6c697280868b940534f5b0cbd0277ca1");

    @Override
    F.Charge charge(Order order) {
      return CHARGE.call(() -> super.charge(order));
    }

    @Override
    List<String> reserve(String orderId, int total) {
      return RESERVE.call(() -> super.reserve(orderId, total));
    }

    @Override
    String ship(F.Charge charge, List<String> reserve) {
      return SHIP.call(() -> super.ship(charge, reserve));
    }

    @Override
    void thank(String customerId) {
      THANK.call(
          () -> {
            super.thank(customerId);
            return null;
          });
    }

    void runSteps(OrderPlacedEvent event, Steps steps) throws Exception {
      StepGraph graph = StepGraph.of(steps);
      StepGraph.Node<F.Charge> charge = graph.node(() -> charge(event.data()));
      StepGraph.Node<List<String>> reserve =
          graph.node(() -> reserve(event.data().orderId(), event.data().total()));
      StepGraph.Node<String> ship =
          graph.node(() -> ship(charge.result(), reserve.result()), charge, reserve);
      graph.node(
          () -> {
            thank(event.data().customerId());
            return null;
          },
          ship);
      graph.run();
    }
  }
}
