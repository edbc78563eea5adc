package dev.vibecoder.inngest.devserver.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends exchanges that take too long; a request's own time-out ends with the headers. */
final class Deadline {
  private Deadline() {}

  /**
   * The same exchange, which fails when its time is over; its connection is closed then.
   *
   * @param exchange as the HTTP client gave it
   * @param limit from now to the end of the body
   */
  static <T> CompletableFuture<T> within(Duration limit, CompletableFuture<T> exchange) {
    return exchange
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (answer, failure) -> {
              if (failure instanceof TimeoutException) {
                exchange.cancel(true);
              }
            });
  }
}
