package dev.vibecoder.inngest.devserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SdkUrlPollerTest {
  private static final SdkUrlPoller.Pace OFTEN =
      new SdkUrlPoller.Pace(Duration.ofMillis(5), Duration.ofMillis(5));

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer apps;

  @BeforeEach
  void start() throws IOException {
    apps = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    apps.setExecutor(Executors.newCachedThreadPool());
    serve("/app", 200);
    serve("/moved", 307);
    serve("/troubled", 500);
    apps.createContext(
        "/slow",
        exchange -> {
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    apps.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    apps.stop(0);
  }

  private void serve(String path, int status) {
    apps.createContext(
        path,
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + path
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Inngest-Server-Kind")
                  + " "
                  + new String(body, StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Location", "/app");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  private URI url(String path) {
    return URI.create("http://localhost:" + apps.getAddress().getPort() + path);
  }

  private SdkUrlPoller poller(SdkUrlPoller.Pace pace, URI... urls) {
    SdkUrlPoller poller =
        new SdkUrlPoller(new AppClient(HttpClient.newHttpClient()), List.of(urls), pace);
    poller.start();
    return poller;
  }

  @Test
  void asksTheOthersAlthoughOneUrlCannotBeAskedAndOneAppIsSlow() throws Exception {
    try (SdkUrlPoller poller = poller(OFTEN, URI.create("ftp://x/y"), url("/slow"), url("/app"))) {
      assertThat(poller).isNotNull();
      assertThat(asked.take()).startsWith("PUT /app");
      assertThat(asked.take()).startsWith("PUT /app");
    }
  }

  @Test
  void followsARedirectWithMethodHeadersAndBody() throws Exception {
    try (SdkUrlPoller poller = poller(OFTEN, url("/moved"))) {
      assertThat(poller).isNotNull();
      String sent = " dev {\"url\":\"" + url("/moved") + "\"}";
      assertThat(asked.take()).isEqualTo("PUT /moved" + sent);
      assertThat(asked.take()).isEqualTo("PUT /app" + sent);
    }
  }

  @Test
  void leavesASyncedAppAloneWhileItAsksATroubledOneAgain() throws Exception {
    SdkUrlPoller.Pace pace = new SdkUrlPoller.Pace(Duration.ofMillis(5), Duration.ofHours(1));
    try (SdkUrlPoller poller = poller(pace, url("/app"), url("/troubled"))) {
      assertThat(poller).isNotNull();
      int synced = 0;
      int troubled = 0;
      while (troubled < 5) {
        if (asked.take().startsWith("PUT /app")) {
          synced++;
        } else {
          troubled++;
        }
      }
      assertThat(synced).isLessThanOrEqualTo(1);
    }
  }
}
