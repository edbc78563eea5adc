package dev.vibecoder.inngest.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads bodies of limited size in limited time, and all of them together in limited memory. No
 * thread waits for a slow client.
 */
final class BodyReader {
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

  private static final int FIRST_BYTES = 8 * 1024;

  private final Duration timeout;
  private final long maxTogether;
  private final AtomicLong together = new AtomicLong();

  /**
   * A reader.
   *
   * @param timeout the longest time a body may take
   * @param maxTogether how many bytes of bodies that are not complete are kept at most
   */
  BodyReader(Duration timeout, long maxTogether) {
    this.timeout = timeout;
    this.maxTogether = maxTogether;
  }

  /**
   * Reads the body; when it is there already, what follows runs on the calling thread.
   *
   * @param maxBytes the largest body
   * @return if the body is too large or too slow it fails with what {@link #refused} explains
   */
  CompletableFuture<byte[]> read(Request request, int maxBytes) {
    long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (announced > maxBytes) {
      return CompletableFuture.failedFuture(tooLarge(maxBytes));
    }
    Reading reading = new Reading(request, maxBytes);
    CompletableFuture<byte[]> body = reading.body;
    reading.run();
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
    return new BodyRefusedException(400, "The body could not be read to its end.");
  }

  private static BodyRefusedException tooLarge(int maxBytes) {
    return new BodyRefusedException(413, "The body is larger than " + maxBytes + " bytes.");
  }

  private final class Reading implements Invocable.Task {
    private final Request request;
    private final int maxBytes;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private byte[] bytes = new byte[0];
    private int size;

    Reading(Request request, int maxBytes) {
      this.request = request;
      this.maxBytes = maxBytes;
    }

    /** What follows a body runs a function, so it must not run on a thread that serves sockets. */
    @Override
    public InvocationType getInvocationType() {
      return InvocationType.BLOCKING;
    }

    @Override
    public void run() {
      while (!body.isDone()) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          end(() -> body.completeExceptionally(chunk.getFailure()));
          return;
        }
        boolean last = chunk.isLast();
        add(chunk.getByteBuffer());
        chunk.release();
        if (last && !body.isDone()) {
          byte[] whole = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
          end(() -> body.complete(whole));
        }
      }
      // Nobody waits for the rest of a body that was too slow.
      end(() -> {});
    }

    private void add(ByteBuffer part) {
      int length = part.remaining();
      if (length > maxBytes - size) {
        end(() -> body.completeExceptionally(tooLarge(maxBytes)));
        return;
      }
      if (together.addAndGet(length) > maxTogether) {
        together.addAndGet(-length);
        end(
            () ->
                body.completeExceptionally(
                    new BodyRefusedException(503, "Too many bodies arrive at the same time.")));
        return;
      }
      if (length > bytes.length - size) {
        bytes = Arrays.copyOf(bytes, capacity(size + length));
      }
      part.get(bytes, size, length);
      size += length;
    }

    private int capacity(int needed) {
      long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
      // What is only announced takes no memory: only a few bytes more than came.
      long doubled = Math.max(FIRST_BYTES, 2L * needed);
      long wanted = announced >= needed ? Math.min(announced, doubled) : doubled;
      return (int) Math.max(needed, Math.min(wanted, maxBytes));
    }

    /** What was counted is taken back before the body is handed on. */
    private void end(Runnable outcome) {
      together.addAndGet(-size);
      size = 0;
      outcome.run();
    }
  }
}
