package dev.vibecoder.inngest.examples.hello;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The embedded server and the app, on free ports, over real HTTP. */
final class Stage implements AutoCloseable {
  static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    return ended(
        () -> get("/v1/events/" + eventId + "/runs").path("data"),
        run -> true,
        "run_id",
        "the event " + eventId);
  }

  /** Waits for the end of a run of a function. */
  JsonNode runOfFunction(String function) {
    return ended(
        () -> get("/dashboard/api/runs").path("runs"),
        run -> run.path("functionId").asText().equals(function),
        "id",
        "the function " + function);
  }

  private JsonNode ended(
      Supplier<JsonNode> list, Predicate<JsonNode> wanted, String idKey, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode seen = MissingNode.getInstance();
    while (System.nanoTime() < deadline) {
      for (JsonNode run : list.get()) {
        if (wanted.test(run)) {
          seen = get("/dashboard/api/runs/" + run.path(idKey).asText());
          if (seen.hasNonNull("endedAt")) {
            return seen;
          }
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(
        "No run of "
            + what
            + " ended within "
            + PATIENCE
            + "; seen last: "
            + seen.toPrettyString());
  }
}
