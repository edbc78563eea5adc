package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.devserver.engine.Engine;
import dev.vibecoder.inngest.devserver.engine.EngineJson;
import dev.vibecoder.inngest.devserver.engine.EngineStoppedException;
import dev.vibecoder.inngest.devserver.engine.Fact;
import dev.vibecoder.inngest.devserver.engine.Views;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watcher of the dashboard, over Server-Sent Events. Changes are gathered for a moment and sent
 * as one message: the runs that changed in short, and whether apps or events did. A watcher that
 * cannot keep up, or comes back after having missed something, is told to load everything again:
 * the ids of messages are revisions of the state, and the first message tells the present one. A
 * comment now and then finds out whether the watcher is still there.
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
  private long told;
  private boolean sending = true;
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
    new LiveFeed(engine, response, callback).open(request.getHeaders().get("Last-Event-ID"));
  }

  /** What changes from now on is told after the first message, which tells the present. */
  private void open(@Nullable String lastId) {
    engine.watch(watcher);
    CompletableFuture<?> opened =
        engine
            .view(Views::revision)
            .thenAccept(
                present -> {
                  boolean missed = lastId != null && !lastId.equals(Long.toString(present));
                  write(message(missed ? "reload" : "hello", present, empty()));
                  keepAlive();
                });
    opened.exceptionally(
        failure -> {
          close(failure);
          return null;
        });
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static byte[] message(String event, long revision, ObjectNode data) {
    data.put("revision", revision);
    String head = "id: " + revision + "\nevent: " + event + "\ndata: ";
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    message.writeBytes(EngineJson.write(data));
    message.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    return message.toByteArray();
  }

  private synchronized void changed(List<Fact> kept, long revision) {
    told = revision;
    for (Fact fact : kept) {
      String run = fact.runId();
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
    long revision;
    synchronized (this) {
      scheduled = false;
      if (closed || sending || (runs.isEmpty() && !others && !overflow)) {
        return;
      }
      changed = new LinkedHashSet<>(runs);
      everything = overflow;
      more = others;
      revision = told;
      runs.clear();
      overflow = false;
      others = false;
      sending = true;
    }
    CompletableFuture<?> done =
        engine
            .view(views -> changed.stream().flatMap(id -> views.summary(id).stream()).toList())
            .thenAccept(
                summaries -> {
                  ObjectNode data = empty();
                  if (!everything) {
                    data.putArray("runs").addAll(summaries);
                    data.put("others", more);
                  }
                  write(message(everything ? "reload" : "changed", revision, data));
                });
    done.exceptionally(
        failure -> {
          close(failure);
          return null;
        });
  }

  private void keepAlive() {
    later(
        ALIVE_SECONDS,
        TimeUnit.SECONDS,
        () -> {
          if (isAlive()) {
            keepAlive();
          }
        });
  }

  /** Sends a comment unless something is being sent, which finds out as well. */
  private boolean isAlive() {
    Optional<EngineStoppedException> stopped = engine.stopped();
    stopped.ifPresent(this::close);
    synchronized (this) {
      if (closed) {
        return false;
      }
      if (sending) {
        return true;
      }
      sending = true;
    }
    write(": alive\n\n".getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private void write(byte[] message) {
    response.write(false, ByteBuffer.wrap(message), Callback.from(this::sent, this::close));
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
    LOG.debug("A watcher of the dashboard is gone: {}", gone.toString());
    engine.unwatch(watcher);
    callback.failed(gone);
  }
}
