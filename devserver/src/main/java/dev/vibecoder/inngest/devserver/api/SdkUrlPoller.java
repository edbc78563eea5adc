package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vibecoder.inngest.devserver.engine.EngineJson;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the apps it was given to register themselves, each on its own: often until an app has done
 * so, then seldom. Trouble is told once.
 */
final class SdkUrlPoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SdkUrlPoller.class);
  private static final int MAX_TOLD = 300;

  private final AppClient client;
  private final List<URI> urls;
  private final Pace pace;
  private final Map<URI, String> told = new ConcurrentHashMap<>();
  private final ScheduledExecutorService scheduler;

  /**
   * How long it waits before it asks again.
   *
   * @param trouble after an app that did not register
   * @param synced after one that did
   */
  record Pace(Duration trouble, Duration synced) {
    static final Pace USUAL = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /** How an app answered. */
  private record Outcome(boolean synced, String text) {}

  SdkUrlPoller(AppClient client, List<URI> urls, Pace pace) {
    this.client = client;
    this.urls = List.copyOf(urls);
    this.pace = pace;
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "inngest-sdk-urls");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    urls.forEach(url -> later(url, Duration.ZERO));
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }

  private void later(URI url, Duration delay) {
    try {
      var unused = scheduler.schedule(() -> poll(url), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("App {} is not asked any more", url);
    }
  }

  private void poll(URI url) {
    CompletableFuture<HttpResponse<byte[]>> answer;
    try {
      answer = client.send(ping(url));
    } catch (RuntimeException e) {
      // Asking again would fail again; the others are asked nevertheless.
      LOG.warn("App {} cannot be asked to register: {}", url, e.getMessage());
      return;
    }
    CompletableFuture<?> done =
        answer
            .handle(SdkUrlPoller::outcome)
            .thenAccept(
                outcome -> {
                  if (!outcome.text().equals(told.put(url, outcome.text()))) {
                    LOG.info("App {} {}", url, outcome.text());
                  }
                  later(url, outcome.synced() ? pace.synced() : pace.trouble());
                });
    done.exceptionally(
        unexpected -> {
          LOG.error("App {} is not asked any more", url, unexpected);
          return null;
        });
  }

  private static Outcome outcome(HttpResponse<byte[]> response, Throwable failure) {
    if (failure != null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      LOG.debug("An app was not reached", cause);
      String why = cause.getMessage();
      return new Outcome(
          false,
          "cannot be asked to register"
              + (why == null || why.isBlank() ? "" : " (" + why + ")")
              + "; it is tried again and again");
    }
    return response.statusCode() / 100 == 2
        ? new Outcome(true, "is synced")
        : new Outcome(
            false, "answered " + response.statusCode() + " to a sync: " + text(response.body()));
  }

  private static String text(byte[] body) {
    String text = ApiHandler.utf8(body);
    return text.length() > MAX_TOLD ? text.substring(0, MAX_TOLD) + "…" : text;
  }

  private static HttpRequest ping(URI url) {
    byte[] body =
        EngineJson.write(JsonNodeFactory.instance.objectNode().put("url", url.toString()));
    return HttpRequest.newBuilder(url)
        .header("Content-Type", "application/json")
        .header(ProtocolHeaders.SERVER_KIND, "dev")
        .PUT(BodyPublishers.ofByteArray(body))
        .build();
  }
}
