package dev.vibecoder.inngest.devserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.devserver.engine.Engine;
import dev.vibecoder.inngest.devserver.engine.EngineClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of an engine that cannot go on. */
@Timeout(20)
class BrokenEngineTest {
  @Test
  void everyRequestIsAnsweredWith503() throws Exception {
    HttpApi api = new HttpApi("127.0.0.1", 0);
    Random random = new Random(1);
    try (Engine engine =
        new Engine(
            new Engine.Setup(
                EngineClock.real(),
                api.transport(),
                facts -> {
                  throw new IllegalStateException("the disk is full");
                },
                null,
                random,
                10))) {
      api.start(engine, EngineClock.real(), random, 1, List.of());
      engine.start();
      HttpClient client = HttpClient.newHttpClient();
      URI url = URI.create("http://127.0.0.1:" + api.port());

      HttpResponse<String> sent =
          client.send(
              HttpRequest.newBuilder(url.resolve("/e/test"))
                  .POST(BodyPublishers.ofString("{\"name\":\"x\"}"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(sent.statusCode()).isEqualTo(503);
      assertThat(sent.body()).contains("the disk is full");
      for (String path : List.of("/health", "/dashboard/api/runs", "/dashboard/api/stream")) {
        HttpResponse<String> reply =
            client.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(path).isEqualTo(503);
        assertThat(reply.body()).contains("the disk is full");
      }
    } finally {
      api.stop();
    }
  }
}
