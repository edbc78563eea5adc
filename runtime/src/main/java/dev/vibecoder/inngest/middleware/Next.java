package dev.vibecoder.inngest.middleware;

import org.jspecify.annotations.Nullable;

/**
 * What a wrapping hook wraps: the next middleware and, behind the last one, the thing itself.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Next<T extends @Nullable Object> {
  /**
   * Goes on, on this thread. To be called once at most; a hook that does not call it gives its own
   * answer instead.
   *
   * <p>Where a function is left at a step, this ends with an {@link Error} that is no failure: use
   * {@code finally}, and do not catch {@code Throwable} or {@code Error}.
   *
   * @return what the rest gave
   * @throws Exception what the rest threw
   * @throws IllegalStateException if it is called again
   */
  T proceed() throws Exception;
}
