package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.serve.ServeResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is begun before it is there when that takes long, and kept open with blanks: they
 * are JSON, and no proxy gives up a connection over which something comes. An answer that is there
 * in time is sent in one piece. Safe for use by two threads: the one that answers and the timer's.
 */
final class StreamedAnswer {
  private static final byte[] BLANK = {' '};

  private final Supplier<ServeResponse> beginning;
  private final Response response;
  private final Callback callback;
  private final Scheduler scheduler;
  private final Duration betweenBlanks;
  private Scheduler.@Nullable Task next;
  private boolean begun;
  private boolean writing;
  private boolean over;
  private @Nullable ServeResponse answer;

  StreamedAnswer(
      Supplier<ServeResponse> beginning,
      Response response,
      Callback callback,
      Scheduler scheduler,
      Duration betweenBlanks) {
    this.beginning = beginning;
    this.response = response;
    this.callback = callback;
    this.scheduler = scheduler;
    this.betweenBlanks = betweenBlanks;
  }

  /** Begins the answer after a time, if it is not there by then. */
  void beginAfter(Duration time) {
    if (time.isZero()) {
      blank();
    } else {
      blankAfter(time);
    }
  }

  private void blankAfter(Duration time) {
    Scheduler.Task task = scheduler.schedule(this::blank, time.toMillis(), TimeUnit.MILLISECONDS);
    synchronized (this) {
      next = task;
    }
  }

  private void blank() {
    synchronized (this) {
      if (answer != null || over) {
        return;
      }
      if (!begun) {
        begun = true;
        ServeResponse head = beginning.get();
        response.setStatus(head.status());
        head.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      }
      writing = true;
    }
    response.write(
        false, ByteBuffer.wrap(BLANK), Callback.from(this::blankWritten, this::disconnected));
  }

  private void blankWritten() {
    boolean more;
    synchronized (this) {
      writing = false;
      more = answer == null;
    }
    if (more) {
      blankAfter(betweenBlanks);
    } else {
      writeEnd();
    }
  }

  private void disconnected(Throwable failure) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    callback.failed(failure);
  }

  /** Sends the answer. */
  void end(ServeResponse whole) {
    boolean inOnePiece;
    synchronized (this) {
      answer = whole;
      if (next != null) {
        next.cancel();
      }
      if (writing || over) {
        return;
      }
      inOnePiece = !begun;
    }
    if (inOnePiece) {
      response.setStatus(whole.status());
      whole.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      response.write(true, ByteBuffer.wrap(whole.body()), callback);
    } else {
      writeEnd();
    }
  }

  private void writeEnd() {
    ServeResponse whole;
    synchronized (this) {
      whole = answer;
      if (over || whole == null) {
        return;
      }
      over = true;
    }
    response.write(true, ByteBuffer.wrap(whole.streamed()), callback);
  }
}
