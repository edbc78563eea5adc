package shop;

import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.spi.Dependencies;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.annotation.processing.Generated;

/** The durable form of {@link F}. */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class FFunction {
  /** Refers to the function, for calls from other functions. */
  public static final FunctionRef<Order, List<String>> REF =
      FunctionRef.of("f", new TypeRef<List<String>>() {});

  private FFunction() {}

  /**
   * Makes the function.
   *
   * @param warehouse handed to the constructor
   * @return the function, ready to be registered
   */
  @SuppressWarnings("overloads")
  public static FunctionDefinition define(Runnable warehouse) {
    Durable function = new Durable(warehouse);
    return FunctionDefinition.define("f")
        .on(OrderPlacedEvent.TYPE)
        .returning(REF.result())
        .handle((event, steps) -> function.run(event, steps));
  }

  /**
   * Makes the function with what its constructor needs looked up.
   *
   * @param dependencies looks it up
   * @return the function, ready to be registered
   */
  @SuppressWarnings("overloads")
  public static FunctionDefinition define(Dependencies dependencies) {
    return define(dependencies.get(Runnable.class));
  }

  private static final class Durable extends F {
    private static final StepDefinition<String> RESERVE =
        StepDefinition.of(
            "reserve", "5bac43c0231290341c42a3cef48b789922d02b35", TypeRef.of(String.class))
            .formerly("reserve-item")
            .backoff(Duration.ofMinutes(1))
            .nonRetriable(IllegalStateException.class)
            .rethrowing(F.OutOfStock.class, (message, cause) -> new F.OutOfStock(message))
            .rethrowing(IOException.class, (message, cause) -> new IOException(message, cause));

    private static final StepDefinition<Void> RELEASE =
        StepDefinition.ofVoid("give back", "da291e76d62b15a1bd4710878871b9d1d3d96041");

    Durable(Runnable warehouse) {
      super(warehouse);
    }

    @Override
    String reserve(String item, int count) throws F.OutOfStock, IOException {
      return RESERVE.call(item, () -> super.reserve(item, count));
    }

    @Override
    void release(Order order) {
      RELEASE.call(
          () -> {
            super.release(order);
            return null;
          });
    }
  }
}
