package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.FunctionFailure;
import dev.vibecoder.inngest.Steps;
import org.jspecify.annotations.Nullable;

/**
 * What is done when a function has failed for good.
 *
 * @param <E> the event that had started it
 */
@FunctionalInterface
public interface FailureHandler<E extends Event<?>> {
  /**
   * Handles the failure, as a function of its own.
   *
   * @param failure what failed and why
   * @param steps the durable operations of the handler's own run
   * @return the handler's result, written as JSON; null for none
   * @throws Exception whatever went wrong outside the steps
   */
  @Nullable Object handle(FunctionFailure<E> failure, Steps steps) throws Exception;
}
