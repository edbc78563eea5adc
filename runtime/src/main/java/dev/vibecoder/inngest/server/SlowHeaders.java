package dev.vibecoder.inngest.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections over which the beginning of a request trickles in: each byte of it keeps the
 * connection from being idle, so that it would never end.
 *
 * @param scheduler looks after them
 * @param patience how long the headers of a request may take, and up to twice as long
 */
record SlowHeaders(Scheduler scheduler, Duration patience) implements Connection.Listener {
  @Override
  public void onOpened(Connection connection) {
    new Watch(connection).later();
  }

  @Override
  public void onClosed(Connection connection) {
    // Its watch ends the next time it looks.
  }

  private final class Watch {
    private final Connection connection;
    private long requests;
    private long bytes;

    Watch(Connection connection) {
      this.connection = connection;
    }

    void later() {
      // A server that stops cuts its connections anyway.
      var unused = scheduler.schedule(this::look, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
      if (!connection.getEndPoint().isOpen()) {
        return;
      }
      long requestsNow = connection.getMessagesIn();
      long bytesNow = connection.getBytesIn();
      boolean between = requestsNow == connection.getMessagesOut();
      if (between && requestsNow == requests && bytesNow > bytes) {
        connection.close();
        return;
      }
      requests = requestsNow;
      bytes = bytesNow;
      later();
    }
  }
}
