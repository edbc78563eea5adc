package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.protocol.RetryAfter;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Who is tried how often. The server knows one number a function, the greatest of the function's
 * own and its steps'; everyone stops at the own one.
 *
 * @param function the function
 * @param attempt which attempt of the request this is, from 0
 * @param serverMax how many the server makes, 0 if it did not say
 */
record Attempts(FunctionDefinition function, int attempt, int serverMax) {
  private static final int SERVER_DEFAULT_RETRIES = 4;

  /**
   * How many attempts there are.
   *
   * @param step the step, or null for the function and for steps without a number of their own
   * @return the number, 0 if it is not known
   */
  int max(@Nullable StepDefinition<?> step) {
    OptionalInt retries = step == null ? OptionalInt.empty() : step.retries();
    if (retries.isEmpty()) {
      retries = function.retries();
    }
    if (retries.isEmpty()) {
      if (!isRaisedByStep()) {
        return serverMax;
      }
      retries = OptionalInt.of(SERVER_DEFAULT_RETRIES);
    }
    int own = retries.getAsInt() + 1;
    return serverMax == 0 ? own : Math.min(own, serverMax);
  }

  /** Whether a step has had the function registered with more retries than the default. */
  private boolean isRaisedByStep() {
    for (StepDefinition<?> step : function.steps()) {
      if (step.retries().orElse(0) > SERVER_DEFAULT_RETRIES) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is the last attempt. */
  boolean isLast(@Nullable StepDefinition<?> step) {
    int max = max(step);
    return max > 0 && attempt >= max - 1;
  }

  /** Whether trying again is useless. */
  static boolean isFinal(Throwable thrown, @Nullable StepDefinition<?> step) {
    if (ThrownError.isFinal(thrown)) {
      return true;
    }
    if (step != null) {
      Throwable meant = ThrownError.meant(thrown);
      for (Class<? extends Throwable> type : step.nonRetriable()) {
        if (type.isInstance(thrown) || type.isInstance(meant)) {
          return true;
        }
      }
    }
    return false;
  }

  /** When the server shall try again, or null for its own delay. */
  @Nullable String retryAfter(Throwable thrown, @Nullable StepDefinition<?> step) {
    String asked = ThrownError.retryAfter(thrown);
    List<Duration> delays = step == null ? List.of() : step.backoff();
    if (asked != null || delays.isEmpty()) {
      return asked;
    }
    return RetryAfter.format(delays.get(Math.min(attempt, delays.size() - 1)));
  }
}
