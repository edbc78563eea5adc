package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.FunctionCancellation;
import dev.vibecoder.inngest.Steps;
import org.jspecify.annotations.Nullable;

/**
 * What is done when a run has been cancelled.
 *
 * @param <E> the event that had started it
 */
@FunctionalInterface
public interface CancellationHandler<E extends Event<?>> {
  /**
   * Handles the cancellation, as a function of its own.
   *
   * @param cancellation which run was cancelled
   * @param steps the durable operations of the handler's own run
   * @return the handler's result, written as JSON; null for none
   * @throws Exception whatever went wrong outside the steps
   */
  @Nullable Object handle(FunctionCancellation<E> cancellation, Steps steps) throws Exception;
}
