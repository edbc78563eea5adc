package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.Steps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code of a function that takes several events at once.
 *
 * @param <E> the events that start it
 */
@FunctionalInterface
public interface BatchHandler<E extends Event<?>> {
  /**
   * Runs the function once from the top; steps that are done give back what they gave before.
   *
   * @param events the events that started the run, at least one
   * @param steps the run's durable operations
   * @return the function's result, written as JSON; null for none
   * @throws Exception whatever went wrong outside the steps; the function is tried again
   */
  @Nullable Object handle(List<E> events, Steps steps) throws Exception;
}
