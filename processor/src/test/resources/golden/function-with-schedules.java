package shop;

import dev.vibecoder.inngest.CronEvent;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.Trigger;
import dev.vibecoder.inngest.spi.Dependencies;
import java.time.Duration;
import javax.annotation.processing.Generated;

/** The durable form of {@link F}. */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class FFunction {
  /** Refers to the function, for calls from other functions. */
  public static final FunctionRef<CronEvent.Schedule, String> REF =
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
        .onEach(
            CronEvent.TYPE,
            Trigger.cron("TZ=America/New_York 0 3 * * *").jitter(Duration.ofSeconds(30)),
            Trigger.cron("30 3 * * 0"))
        .handle(function::runSteps);
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
    private static final StepDefinition<String> LOAD =
        StepDefinition.of(
            "load", "5dbc716c4600097b85b9e51d6aeb77a4363b03ed", TypeRef.of(String.class));

    @Override
    String load(String cron) {
      return LOAD.call(() -> super.load(cron));
    }

    String runSteps(CronEvent event, Steps steps) {
      return load(event.data().cron());
    }
  }
}
