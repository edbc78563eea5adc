package dev.vibecoder.inngest.examples.hello;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.devserver.DevServer;
import dev.vibecoder.inngest.server.InngestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The embedded server and the app, on free ports, over real HTTP. */
final class Stage implements AutoCloseable {
  static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final DevServer server;
  final InngestServer app;
  private final Inngest.DefaultScope scope;

  Stage() {
    server = DevServer.builder().port(0).start();
    Inngest client =
        Inngest.of(
            InngestOptions.builder()
                .variables(Map.of())
                .appId("hello-world")
                .dev(true)
                .baseUrl(server.url())
                .build());
    scope = Inngest.withDefault(client);
    app =
        InngestServer.builder()
            .client(client)
            .functions(HelloWorldApp.functions(new Environment("development", 9288)))
            .port(0)
            .start();
    if (!app.awaitRegistered(Duration.ofSeconds(10))) {
      throw new IllegalStateException("The app did not register");
    }
  }

  @Override
  public void close() {
    scope.close();
    app.close();
    server.close();
  }

  JsonNode get(String path) {
    return get(server.url().resolve(path));
  }

  static JsonNode get(URI url) {
    try {
      return JSON.readTree(
          CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray()).body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String send(String event) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(server.url().resolve("/e/test"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(event))
              .build();
      return JSON.readTree(CLIENT.send(request, BodyHandlers.ofString()).body())
          .path("ids")
          .get(0)
          .asText();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end of the run that an event started. */
  JsonNode runOf(String eventId) {
    while (true) {
      JsonNode runs = get("/v1/events/" + eventId + "/runs").path("data");
      if (!runs.isEmpty() && !runs.get(0).path("ended_at").isNull()) {
        return get("/dashboard/api/runs/" + runs.get(0).path("run_id").asText());
      }
      Thread.onSpinWait();
    }
  }

  /** Waits for the end of a run of a function. */
  JsonNode runOfFunction(String function) {
    while (true) {
      for (JsonNode run : get("/dashboard/api/runs").path("runs")) {
        if (run.path("functionId").asText().equals(function) && !run.path("endedAt").isNull()) {
          return get("/dashboard/api/runs/" + run.path("id").asText());
        }
      }
      Thread.onSpinWait();
    }
  }
}
