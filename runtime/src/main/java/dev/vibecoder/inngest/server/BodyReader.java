package dev.vibecoder.inngest.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads bodies of limited size in limited time. No thread waits for a slow client.
 *
 * @param maxBytes the largest body
 * @param timeout the longest time
 */
record BodyReader(int maxBytes, Duration timeout) {
  /** A body that is not read to its end. */
  static final class BodyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    BodyRefusedException(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Reads the body; when it is there already, what follows runs on the calling thread.
   *
   * @return if the body is too large or too slow it fails with what {@link #refused} explains
   */
  CompletableFuture<byte[]> read(Request request) {
    long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (announced > maxBytes) {
      return CompletableFuture.failedFuture(tooLarge());
    }
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(
        request,
        maxBytes,
        // What follows a body runs a function, so it must not run on a thread that serves sockets.
        Promise.Invocable.from(
            Invocable.InvocationType.BLOCKING,
            (bytes, failure) -> {
              if (failure == null) {
                body.complete(bytes);
              } else {
                body.completeExceptionally(refused(failure));
              }
            }));
    return body.isDone() ? body : body.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why a body was not read, from what the future failed with. */
  BodyRefusedException refused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof BodyRefusedException known) {
      return known;
    }
    if (cause instanceof TimeoutException) {
      return new BodyRefusedException(
          408, "The body did not arrive within " + timeout.toMillis() + " ms.");
    }
    if (cause instanceof IllegalStateException) {
      return tooLarge();
    }
    return new BodyRefusedException(400, "The body could not be read to its end.");
  }

  private BodyRefusedException tooLarge() {
    return new BodyRefusedException(413, "The body is larger than " + maxBytes + " bytes.");
  }
}
