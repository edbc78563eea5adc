package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The code of a function.
 *
 * @param <E> the event that starts it
 */
@FunctionalInterface
public interface FunctionHandler<E extends Event<?>> {
  /**
   * Runs the function once from the top; steps that are done give back what they gave before.
   *
   * @param event the event that started the run
   * @param steps the run's durable operations
   * @return the function's result, written as JSON; null for none
   * @throws Exception whatever went wrong outside the steps; the function is tried again
   */
  @Nullable Object handle(E event, Steps steps) throws Exception;
}
