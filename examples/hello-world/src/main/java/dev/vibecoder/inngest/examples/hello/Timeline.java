package dev.vibecoder.inngest.examples.hello;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vibecoder.inngest.InngestException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Prints what became of a run, as the dashboard's JSON view tells it (docs/dashboard-api.md). */
final class Timeline {
  private static final long POLL_MILLIS = 20;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final URI server;
  private final PrintStream out;
  private final HttpClient client = HttpClient.newHttpClient();

  Timeline(URI server, PrintStream out) {
    this.server = server;
    this.out = out;
  }

  /**
   * How a run ended.
   *
   * @param completed whether it has a result
   * @param result its result, or its error, as JSON
   */
  record Outcome(boolean completed, String result) {}

  /** Waits for the end of the run that an event started, and prints its steps. */
  Outcome follow(String eventId, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode runs = get("/v1/events/" + eventId + "/runs").path("data");
      if (!runs.isEmpty()) {
        JsonNode run = get("/dashboard/api/runs/" + runs.get(0).path("run_id").asText());
        if (run.hasNonNull("endedAt")) {
          return print(run);
        }
      }
      pause();
    }
    throw new InngestException("The event " + eventId + " has no ended run after " + patience);
  }

  private Outcome print(JsonNode run) {
    out.printf(
        "%n%s  %s  %d ms  run %s%n",
        run.path("functionId").asText(),
        run.path("status").asText(),
        run.path("durationMs").asLong(),
        run.path("id").asText());
    for (JsonNode step : run.path("steps")) {
      for (JsonNode attempt : step.path("attempts")) {
        JsonNode told =
            attempt.has("error") ? attempt.path("error").path("message") : attempt.path("output");
        out.printf(
            "  %-14s attempt %d  %4d ms  %s%n",
            step.path("name").asText(),
            attempt.path("number").asInt(),
            attempt.path("durationMs").asLong(),
            told);
      }
    }
    boolean completed = run.path("status").asText().equals("COMPLETED");
    return new Outcome(completed, run.path("output").toString());
  }

  private JsonNode get(String path) {
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(server.resolve(path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new InngestException("The server at " + server + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InngestException("Interrupted while waiting for a run", e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InngestException("Interrupted while waiting for a run", e);
    }
  }
}
