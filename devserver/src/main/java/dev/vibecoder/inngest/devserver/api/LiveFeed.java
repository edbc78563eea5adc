package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.devserver.engine.Engine;
import dev.vibecoder.inngest.devserver.engine.Fact;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watcher of the dashboard, over Server-Sent Events. Changes are gathered for a moment and sent
 * as one message: the runs that changed in short, and whether apps or events did. A watcher that
 * cannot keep up, or comes back after a pause, is told to load everything again. A comment now and
 * then finds out whether it is still there.
 */
final class LiveFeed {
  static final String PATH = "/dashboard/api/stream";

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final long GATHER_MILLIS = 50;
  private static final long ALIVE_SECONDS = 15;
  private static final int MAX_RUNS = 100;

  private final Engine engine;
  private final Response response;
  private final Callback callback;
  private final Engine.Watcher watcher = this::changed;
  private final Set<String> runs = new LinkedHashSet<>();
  private boolean others;
  private boolean overflow;
  private boolean sending;
  private boolean scheduled;
  private boolean closed;

  private LiveFeed(Engine engine, Response response, Callback callback) {
    this.engine = engine;
    this.response = response;
    this.callback = callback;
  }

  static void start(Engine engine, Request request, Response response, Callback callback) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    LiveFeed feed = new LiveFeed(engine, response, callback);
    engine.watch(feed.watcher);
    boolean back = request.getHeaders().get("Last-Event-ID") != null;
    feed.send(back ? "event: reload\ndata: {}\n\n" : ": hello\n\n");
    feed.keepAlive();
  }

  private synchronized void changed(List<Fact> kept, long revision) {
    for (Fact fact : kept) {
      String run = runId(fact);
      if (run == null) {
        others = true;
      } else if (runs.size() < MAX_RUNS) {
        runs.add(run);
      } else {
        overflow = true;
      }
    }
    gather();
  }

  private static @org.jspecify.annotations.Nullable String runId(Fact fact) {
    if (fact instanceof Fact.RunScheduled scheduled) {
      return scheduled.runId();
    }
    if (fact instanceof Fact.AttemptStarted started) {
      return started.runId();
    }
    if (fact instanceof Fact.AttemptFailed failed) {
      return failed.runId();
    }
    if (fact instanceof Fact.StepRecorded recorded) {
      return recorded.runId();
    }
    if (fact instanceof Fact.StepWaiting waiting) {
      return waiting.runId();
    }
    return fact instanceof Fact.RunEnded ended ? ended.runId() : null;
  }

  private synchronized void gather() {
    if (scheduled || sending || closed) {
      return;
    }
    scheduled = true;
    later(GATHER_MILLIS, TimeUnit.MILLISECONDS, this::flush);
  }

  private static void later(long delay, TimeUnit unit, Runnable task) {
    CompletableFuture.delayedExecutor(delay, unit).execute(task);
  }

  private void flush() {
    Set<String> changed;
    boolean everything;
    boolean more;
    synchronized (this) {
      scheduled = false;
      if (closed || sending || (runs.isEmpty() && !others && !overflow)) {
        return;
      }
      changed = new LinkedHashSet<>(runs);
      everything = overflow;
      more = others;
      runs.clear();
      overflow = false;
      others = false;
      sending = true;
    }
    CompletableFuture<?> done =
        engine
            .view(
                views -> {
                  ObjectNode message = JsonNodeFactory.instance.objectNode();
                  ArrayNode list = message.putArray("runs");
                  changed.forEach(id -> views.summary(id).ifPresent(list::add));
                  message.put("others", more);
                  return message;
                })
            .thenAccept(message -> write(everything, message));
    done.exceptionally(
        failure -> {
          LOG.error("The live feed failed", failure);
          close(failure);
          return null;
        });
  }

  private void write(boolean everything, JsonNode message) {
    write(
        everything
            ? "event: reload\ndata: {}\n\n"
            : "id: " + System.nanoTime() + "\nevent: changed\ndata: " + message + "\n\n");
  }

  private void keepAlive() {
    later(
        ALIVE_SECONDS,
        TimeUnit.SECONDS,
        () -> {
          if (send(": alive\n\n")) {
            keepAlive();
          }
        });
  }

  /** Sends unless something is being sent, which proves as well that the watcher is there. */
  private boolean send(String text) {
    synchronized (this) {
      if (closed) {
        return false;
      }
      if (sending) {
        return true;
      }
      sending = true;
    }
    write(text);
    return true;
  }

  private void write(String text) {
    response.write(
        false,
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
        Callback.from(this::sent, this::close));
  }

  private void sent() {
    synchronized (this) {
      sending = false;
      if (runs.isEmpty() && !others && !overflow) {
        return;
      }
    }
    gather();
  }

  private void close(Throwable gone) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    engine.unwatch(watcher);
    callback.failed(gone);
  }
}
