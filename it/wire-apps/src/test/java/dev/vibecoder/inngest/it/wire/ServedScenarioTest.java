package dev.vibecoder.inngest.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.server.InngestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The app as it is served, over HTTP: every recorded call is sent as it was recorded, and the
 * answer is the recorded one but for the differences that are listed with their reasons. The
 * runtime's own tests compare each answer in full.
 */
class ServedScenarioTest {
  private static final String OWN_IDS = "later steps of a branch are counted within it";
  private static final String RACED =
      "a group with a wait in it is raced, so that no branch waits for the others";
  private static final String FETCH_ID =
      "a fetch without an id has one without a host in it, and another port is asked";
  private static final String FRESH_ID = "the stub server gives other ids";

  /** Calls that are answered otherwise than recorded, and why. */
  private static final Map<String, String> DIFFERENT =
      Map.ofEntries(
          Map.entry("branches 4", OWN_IDS + "; " + RACED),
          Map.entry("branches 5", OWN_IDS),
          Map.entry("branches 6", OWN_IDS),
          Map.entry("branches 7", OWN_IDS),
          Map.entry("branches 8", OWN_IDS),
          Map.entry("parallel-mixed 1", RACED),
          Map.entry("parallel-mixed 2", RACED),
          Map.entry("parallel-mixed 3", RACED),
          Map.entry("fetches 1", FETCH_ID),
          Map.entry("fetches 2", FETCH_ID),
          Map.entry("sends 1", FRESH_ID),
          Map.entry("sends 2", FRESH_ID),
          Map.entry("sends-signal 1", FRESH_ID));

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static StubServer api;
  private static InngestServer app;

  @BeforeAll
  static void serve() throws IOException {
    api = StubServer.start();
    InngestOptions options =
        InngestOptions.builder()
            .variables(Map.of())
            .appId("rec")
            .appVersion("1.2.3")
            .dev(true)
            .baseUrl(api.url())
            .build();
    app =
        InngestServer.builder()
            .client(Inngest.of(options))
            .functions(new ScenarioFunctions(URI.create("http://127.0.0.1:1/echo")).all())
            .port(0)
            .autoSync(false)
            .shutdownHook(false)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
    api.close();
  }

  @Test
  void everyRecordedCallIsAnsweredAsRecordedOrDiffersForAListedReason() throws Exception {
    Set<String> different = new TreeSet<>();
    int calls = 0;
    for (JsonNode call : Recordings.lines("/recordings/calls-dev.jsonl")) {
      calls++;
      String query = call.path("path").asText().split("\\?", 2)[1];
      HttpResponse<String> answer = post(query, call);
      if (!comparable(
              answer.statusCode(),
              name -> answer.headers().firstValue(name).orElse(""),
              answer.body())
          .equals(
              comparable(
                  call.path("status").asInt(),
                  name -> header(call.path("responseHeaders"), name),
                  call.path("response").asText()))) {
        different.add(call.path("scenario").asText() + " " + call.path("n").asInt());
      }
    }
    assertThat(calls).isEqualTo(79);
    assertThat(different).containsExactlyInAnyOrderElementsOf(DIFFERENT.keySet());
  }

  private static HttpResponse<String> post(String query, JsonNode call) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(app.url() + "?" + query))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    call.path("body").asText(), StandardCharsets.UTF_8));
    Set<String> own = Set.of("host", "connection", "content-length", "accept-encoding");
    call.path("headers")
        .properties()
        .forEach(
            header -> {
              if (!own.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                request.header(header.getKey(), header.getValue().asText());
              }
            });
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(JsonNode headers, String name) {
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue().asText();
      }
    }
    return "";
  }

  /** What the server goes by. */
  private static List<Object> comparable(
      int status, java.util.function.UnaryOperator<String> header, String body) {
    List<Object> parts = new ArrayList<>();
    parts.add(status);
    for (String name : List.of("x-inngest-no-retry", "retry-after", "x-inngest-req-version")) {
      parts.add(header.apply(name));
    }
    JsonNode json = Recordings.parse(body);
    if (status == 206) {
      json.forEach(operation -> parts.addAll(comparable(operation)));
    } else if (status >= 400) {
      parts.add(json.path("name").asText());
      parts.add(json.path("message").asText());
    } else {
      parts.add(json);
    }
    return parts;
  }

  private static List<Object> comparable(JsonNode operation) {
    String name = operation.path("name").asText();
    return List.of(
        operation.path("op"),
        operation.path("id"),
        name.matches("\\d{4}-\\d\\d-\\d\\dT.*") ? "<instant>" : name,
        operation.path("displayName"),
        operation.path("opts").isEmpty() ? "none" : operation.path("opts"),
        operation.path("op").asText().equals("StepRun") ? operation.path("data") : "",
        operation.path("error").path("name"),
        operation.path("error").path("message"),
        operation.path("userland"));
  }
}
