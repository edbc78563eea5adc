package dev.vibecoder.inngest.internal.middleware;

import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.MiddlewareException;

/** Says which hook of which middleware failed. */
final class HookFailures {
  private HookFailures() {}

  /**
   * What to throw for what a hook threw. Exceptions that tell whether and when to try again stay
   * what they are and carry the hook's name along.
   */
  static RuntimeException named(Middleware middleware, String hook, Exception thrown) {
    if (thrown instanceof MiddlewareException named) {
      return named;
    }
    MiddlewareException named =
        new MiddlewareException(
            where(middleware, hook) + " failed: " + thrown.getMessage(), thrown);
    if (thrown instanceof NonRetriableException || thrown instanceof RetryAfterException) {
      thrown.addSuppressed(new MiddlewareException("Thrown by " + where(middleware, hook)));
      return (RuntimeException) thrown;
    }
    return named;
  }

  /** What to throw where a hook broke a rule. */
  static MiddlewareException broken(Middleware middleware, String hook, String rule) {
    return new MiddlewareException(where(middleware, hook) + " " + rule);
  }

  static String where(Middleware middleware, String hook) {
    return hook + " of the middleware \"" + middleware.name() + "\"";
  }
}
