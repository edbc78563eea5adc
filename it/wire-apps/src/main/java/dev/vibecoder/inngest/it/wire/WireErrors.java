package dev.vibecoder.inngest.it.wire;

import java.time.Duration;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Makes errors that have the names of TypeScript's on the wire. The name there is the class's full
 * name, so their classes have no package, and nothing in a package can name them.
 */
public interface WireErrors {
  /** Those of this app. */
  static WireErrors load() {
    return ServiceLoader.load(WireErrors.class).findFirst().orElseThrow();
  }

  /** {@code Error}. */
  RuntimeException error(String message);

  /** {@code TypeError}. */
  RuntimeException typeError(String message);

  /** {@code NonRetriableError}: trying again is useless. */
  RuntimeException nonRetriable(String message, @Nullable Throwable cause);

  /** {@code RetryAfterError}: try again then. */
  RuntimeException retryAfter(String message, Duration delay);
}
