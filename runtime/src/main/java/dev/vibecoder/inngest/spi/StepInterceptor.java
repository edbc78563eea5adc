package dev.vibecoder.inngest.spi;

import dev.vibecoder.inngest.StepContext;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Advice around the body of a step, such as a transaction. It is called only when the body really
 * runs, never when its result is remembered, on the thread that runs it. Must be safe for use by
 * many threads.
 */
@FunctionalInterface
public interface StepInterceptor {
  /**
   * Runs the body.
   *
   * @param step the step, in this attempt
   * @param body what is to be done; to be called once at most
   * @return what the body gave, or something else of its type
   * @throws Exception whatever the body throws, or the advice; the step is tried again
   */
  @Nullable Object around(StepContext step, Callable<?> body) throws Exception;

  /**
   * No advice.
   *
   * @return calls the body
   */
  static StepInterceptor none() {
    return (step, body) -> body.call();
  }

  /**
   * This advice around another.
   *
   * @param inner advice closer to the body
   * @return both
   */
  default StepInterceptor around(StepInterceptor inner) {
    return (step, body) -> around(step, () -> inner.around(step, body));
  }
}
