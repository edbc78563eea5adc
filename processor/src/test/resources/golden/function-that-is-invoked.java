package shop;

import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokedEvent;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.InngestGenerated;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.spi.Dependencies;
import java.util.List;
import javax.annotation.processing.Generated;

/** The durable form of {@link F}. */
@Generated("dev.vibecoder.inngest.processor.InngestProcessor")
@InngestGenerated
public final class FFunction {
  /** Refers to the function, for calls from other functions. */
  public static final FunctionRef<F.Question, String> REF =
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
        .onInvoke(TypeRef.of(F.Question.class))
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
    private static final StepDefinition<String> ASK =
        StepDefinition.of(
            "ask", "1c8f09270fc33a393af3eaf0b2ebf58eb9bbbcc2", TypeRef.of(String.class));

    private static final StepDefinition<String> ANSWER =
        StepDefinition.of(
            "answer", "25dc282b5a3dcba62a9a777a856c65dd8a4ae8c4", TypeRef.of(String.class));

    @Override
    String ask(F.Question question) {
      return ASK.call(() -> super.ask(question));
    }

    @Override
    String answer(String ask, List<String> hints, InvokedEvent<F.Question> event) {
      return ANSWER.call(() -> super.answer(ask, hints, event));
    }

    String runSteps(InvokedEvent<F.Question> event, Steps steps) {
      String ask = ask(event.data());
      return answer(ask, event.data().hints(), event);
    }
  }
}
