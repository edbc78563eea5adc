package shop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokedEvent;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.Checkpoint;
import dev.vibecoder.inngest.function.Concurrency;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.Throttle;
import dev.vibecoder.inngest.function.Timeouts;
import dev.vibecoder.inngest.spi.Dependencies;
import java.time.Duration;
import java.util.List;
import javax.annotation.processing.Generated;

/** The durable form of {@link F}. */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class FFunction {
  /** Refers to the function, for calls from other functions. */
  public static final FunctionRef<JsonNode, List<String>> REF =
      FunctionRef.of("f", new TypeRef<List<String>>() {});

  private FFunction() {}

  /**
   * Makes the function.
   *
   * @return the function, ready to be registered
   */
  public static FunctionDefinition define() {
    Durable function = new Durable();
    return FunctionDefinition.define("f")
        .onAny(ParcelShippedEvent.TYPE, ParcelLostEvent.TYPE, InvokedEvent.type(TypeRef.of(Parcel.class)))
        .retries(0)
        .concurrency(Concurrency.limit(1))
        .throttle(Throttle.limit(1, Duration.ofDays(7)).burst(3))
        .batch(Batch.of(100, Duration.ofHours(1)))
        .timeouts(Timeouts.NONE.finish(Duration.ofHours(1)))
        .checkpoint(Checkpoint.every(1).maxRuntime(Duration.ofMinutes(1)))
        .returning(REF.result())
        .onFailure((failure, steps) -> {
          function.failed(failure);
          return null;
        })
        .handleBatch(function::runSteps);
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
    private static final StepDefinition<Integer> COUNT =
        StepDefinition.of(
            "count", "ee9f38e186ba06f57b7b74d7e626b94e13ce2556", TypeRef.of(Integer.class));

    private static final StepDefinition<List<String>> PARCELS =
        StepDefinition.of(
            "parcels", "15863f4d6c150f786a98876a5fdf0aa1636e9033", new TypeRef<List<String>>() {});

    @Override
    int count(List<Event<?>> events) {
      return COUNT.call(() -> super.count(events));
    }

    @Override
    List<String> parcels(List<Parcel> parcels, int count) {
      return PARCELS.call(() -> super.parcels(parcels, count));
    }

    List<String> runSteps(List<Event<?>> events, Steps steps) {
      int count = count(events);
      return parcels(events.stream().map(Event::data).map(Parcel.class::cast).toList(), count);
    }
  }
}
