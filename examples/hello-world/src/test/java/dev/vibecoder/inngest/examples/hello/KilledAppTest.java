package dev.vibecoder.inngest.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.devserver.DevServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An app that is killed in the middle of a run goes on where it was when it is started again. */
@Timeout(120)
class KilledAppTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void whatWasDoneBeforeTheAppWasKilledIsNotDoneAgain(@TempDir Path folder) throws Exception {
    int port = freePort();
    Path log = folder.resolve("app.log");
    try (DevServer server =
        DevServer.builder().port(0).retryInterval(Duration.ofSeconds(1)).start()) {
      Process first = start(server.url(), port, log);
      try {
        await("the app", () -> read(log).contains("App  "));
        await("its sync", () -> get(server, "/dashboard/api/apps").path("apps").size() == 1);
        send(
            server, "{\"name\":\"demo/order.placed\",\"data\":{\"orderId\":\"K\",\"quantity\":2}}");
        await(
            "a step to be tried again", () -> read(log).contains("Processing order K, attempt 1"));
      } finally {
        first.destroyForcibly().waitFor();
      }
      assertThat(run(server).path("endedAt").isNull()).isTrue();

      Process second = start(server.url(), port, log);
      try {
        await("the end of the run", () -> run(server).hasNonNull("endedAt"));
      } finally {
        second.destroyForcibly().waitFor();
      }
      JsonNode run = run(server);
      assertThat(run.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(run.path("output").asText()).isEqualTo("saved: K x 2");
      assertThat(read(log)).containsOnlyOnce("Validating order K").containsOnlyOnce("Saving K x 2");
    }
  }

  private static Process start(URI server, int port, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HelloWorldApp.class.getName(),
                "--app")
            .directory(Objects.requireNonNull(log.getParent()).toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("INNGEST_"));
    builder.environment().put("INNGEST_DEV", server.toString());
    builder.environment().put("INNGEST_APP_PORT", String.valueOf(port));
    return builder.start();
  }

  private static JsonNode get(DevServer server, String path) {
    return Stage.get(server.url().resolve(path));
  }

  private static JsonNode run(DevServer server) {
    String id = get(server, "/dashboard/api/runs").path("runs").path(0).path("id").asText();
    return get(server, "/dashboard/api/runs/" + id);
  }

  private static void send(DevServer server, String event)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.url().resolve("/e/test"))
            .POST(BodyPublishers.ofString(event))
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
  }

  private static String read(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Waited " + PATIENCE + " in vain for " + what);
      }
      Thread.onSpinWait();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
