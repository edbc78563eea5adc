package dev.vibecoder.inngest.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server treats a function: what it is told of it beside its triggers (function
 * configuration). Immutable; null stands for the server's default.
 *
 * @param retries how often a step, or the code outside the steps, is tried again, 0 to 20
 * @param concurrency at most two limits
 * @param throttle how many runs start in a period, the others waiting
 * @param rateLimit how many runs start in a period, the others being dropped
 * @param debounce one run for a burst of events
 * @param batch one run for several events
 * @param priority CEL over {@code event} that gives seconds of head start
 * @param singleton one run at a time
 * @param cancelOn at most five rules
 * @param timeouts how long a run may take
 * @param idempotency CEL over {@code event}: one run for each of its values in 24 hours
 * @param checkpoint how the app goes on from step to step by itself
 */
public record FunctionOptions(
    @Nullable Integer retries,
    List<Concurrency> concurrency,
    @Nullable Throttle throttle,
    @Nullable RateLimit rateLimit,
    @Nullable Debounce debounce,
    @Nullable Batch batch,
    @Nullable String priority,
    @Nullable Singleton singleton,
    List<CancelOn> cancelOn,
    @Nullable Timeouts timeouts,
    @Nullable String idempotency,
    @Nullable Checkpoint checkpoint) {
  private static final int MAX_RETRIES = 20;
  private static final int MAX_CONCURRENCY = 2;
  private static final int MAX_CANCEL_ON = 5;

  /**
   * Checks the server's rules on counts and combinations, which it reports without naming function
   * or reason.
   *
   * @param retries how often it is tried again
   * @param concurrency limits
   * @param throttle throttle
   * @param rateLimit rate limit
   * @param debounce debounce
   * @param batch batches
   * @param priority CEL
   * @param singleton one run at a time
   * @param cancelOn rules
   * @param timeouts timeouts
   * @param idempotency CEL
   * @param checkpoint checkpoints
   * @throws IllegalArgumentException if there are too many of something, or options that exclude
   *     one another
   */
  public FunctionOptions {
    concurrency = List.copyOf(concurrency);
    cancelOn = List.copyOf(cancelOn);
    if (retries != null && (retries < 0 || retries > MAX_RETRIES)) {
      throw new IllegalArgumentException(
          "Retries must be 0 to " + MAX_RETRIES + ", not " + retries);
    }
    if (concurrency.size() > MAX_CONCURRENCY) {
      throw new IllegalArgumentException("A function has at most two concurrency limits.");
    }
    if (concurrency.stream().filter(Concurrency::wholeRuns).count() > 1) {
      throw new IllegalArgumentException("Whole runs can be counted by one limit only.");
    }
    if (cancelOn.size() > MAX_CANCEL_ON) {
      throw new IllegalArgumentException("A function has at most five cancelOn rules.");
    }
    if (rateLimit != null && idempotency != null) {
      throw new IllegalArgumentException(
          "Idempotency is a rate limit of its own and would replace the other. Give one of both.");
    }
    if (batch != null) {
      requireAlone("cancelOn", !cancelOn.isEmpty());
      requireAlone("debounce", debounce != null);
      requireAlone("singleton", singleton != null);
      requireAlone("priority", priority != null);
      requireAlone("rateLimit", rateLimit != null);
      requireAlone("idempotency", idempotency != null);
    }
  }

  private static void requireAlone(String option, boolean given) {
    if (given) {
      throw new IllegalArgumentException(
          "A function with batches cannot have " + option + ": the server refuses or ignores it.");
    }
  }
}
