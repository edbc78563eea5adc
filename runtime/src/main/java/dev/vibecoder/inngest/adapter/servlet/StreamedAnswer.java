package dev.vibecoder.inngest.adapter.servlet;

import dev.vibecoder.inngest.serve.ServeExchange;
import dev.vibecoder.inngest.serve.ServeResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that is begun before it is there when that takes long, and kept open with blanks: they
 * are JSON, and no proxy gives up a connection over which something comes. An answer that is there
 * in time is sent in one piece. Safe for use by two threads: the one that answers and the timer's.
 */
final class StreamedAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final ServeExchange exchange;
  private final HttpServletResponse response;
  private final Duration betweenBlanks;
  private boolean begun;
  private boolean over;

  StreamedAnswer(ServeExchange exchange, HttpServletResponse response, Duration betweenBlanks) {
    this.exchange = exchange;
    this.response = response;
    this.betweenBlanks = betweenBlanks;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "inngest-servlet-stream");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /**
   * Runs the function on this thread and sends what it gives.
   *
   * @param beginAfter how long the function may take until the answer is begun without it
   */
  void send(Duration beginAfter) throws IOException {
    if (beginAfter.isZero()) {
      blank();
    }
    Duration first = beginAfter.isZero() ? betweenBlanks : beginAfter;
    ScheduledFuture<?> blanks =
        TIMER.scheduleWithFixedDelay(
            this::blank, first.toNanos(), betweenBlanks.toNanos(), TimeUnit.NANOSECONDS);
    ServeResponse whole;
    try {
      whole = exchange.answer();
    } finally {
      blanks.cancel(false);
    }
    end(whole);
  }

  private synchronized void blank() {
    if (over) {
      return;
    }
    try {
      if (!begun) {
        begun = true;
        ServeResponse head = exchange.beginStream();
        response.setStatus(head.status());
        head.headers().forEach(response::setHeader);
      }
      response.getOutputStream().write(' ');
      response.flushBuffer();
    } catch (IOException | RuntimeException gone) {
      over = true;
      LOG.debug("The answer could not be sent", gone);
    }
  }

  private synchronized void end(ServeResponse whole) throws IOException {
    if (over) {
      return;
    }
    over = true;
    if (begun) {
      response.getOutputStream().write(whole.streamed());
    } else {
      InngestServlet.write(response, whole);
    }
  }
}
