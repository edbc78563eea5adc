package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vibecoder.inngest.devserver.engine.EngineJson;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the apps it was given to register themselves, again and again; trouble is told once. */
final class SdkUrlPoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SdkUrlPoller.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long INTERVAL_SECONDS = 5;

  private final HttpClient client;
  private final List<URI> urls;
  private final Map<URI, String> told = new HashMap<>();
  private final ScheduledExecutorService scheduler;

  SdkUrlPoller(HttpClient client, List<URI> urls) {
    this.client = client;
    this.urls = List.copyOf(urls);
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "inngest-sdk-urls");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    if (!urls.isEmpty()) {
      var unused =
          scheduler.scheduleWithFixedDelay(this::pollAll, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }

  private void pollAll() {
    for (URI url : urls) {
      String outcome;
      try {
        HttpResponse<String> response = client.send(ping(url), BodyHandlers.ofString());
        outcome =
            response.statusCode() / 100 == 2
                ? "is synced"
                : "answered " + response.statusCode() + " to a sync: " + response.body();
      } catch (IOException e) {
        outcome = "cannot be reached; it is tried again every " + INTERVAL_SECONDS + " seconds";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (!outcome.equals(told.put(url, outcome))) {
        LOG.info("App {} {}", url, outcome);
      }
    }
  }

  private static HttpRequest ping(URI url) {
    byte[] body =
        EngineJson.write(JsonNodeFactory.instance.objectNode().put("url", url.toString()));
    return HttpRequest.newBuilder(url)
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .header(ProtocolHeaders.SERVER_KIND, "dev")
        .PUT(BodyPublishers.ofByteArray(body))
        .build();
  }
}
