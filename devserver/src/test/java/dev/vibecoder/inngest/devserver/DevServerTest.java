package dev.vibecoder.inngest.devserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.vibecoder.inngest.InngestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DevServerTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static DevServer server;

  @BeforeAll
  static void start() {
    server = DevServer.builder().port(0).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> get(DevServer from, String path)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(from.url().resolve(path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(
      DevServer to, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.url().resolve(path)).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  @Test
  void tellsWhatItIs() throws Exception {
    HttpResponse<String> health = get(server, "/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(json(health)).isEqualTo(JSON.readTree("{\"status\":200,\"message\":\"OK\"}"));
    assertThat(health.headers().firstValue("x-inngest-server-kind")).contains("dev");
    assertThat(json(get(server, "/dev")).path("functions").isArray()).isTrue();
    assertThat(get(server, "/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void acceptsAnEventWhateverItsContentTypeIs() throws Exception {
    HttpResponse<String> reply =
        post(
            server,
            "/e/test",
            "{\"name\":\"demo/x\",\"data\":{\"n\":1}}",
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(reply.statusCode()).isEqualTo(200);
    String id = json(reply).path("ids").get(0).asText();
    JsonNode event = json(get(server, "/v1/events/" + id)).path("data");
    assertThat(event.path("name").asText()).isEqualTo("demo/x");
    assertThat(event.path("internal_id").asText()).isEqualTo(id);
    assertThat(json(get(server, "/v1/events/" + id + "/runs")).path("data")).isEmpty();
  }

  @Test
  void makesTheIdsOfTheSeedAgain() throws Exception {
    String events = "[{\"name\":\"demo/x\"},{\"name\":\"demo/x\"}]";
    String seed = "1743130137367,eii2YKXRVTJPuA==";
    JsonNode first = json(post(server, "/e/test", events, "X-Inngest-Event-Id-Seed", seed));
    JsonNode second = json(post(server, "/e/test", events, "X-Inngest-Event-Id-Seed", seed));
    assertThat(first.path("ids"))
        .isEqualTo(
            JSON.readTree("[\"01JQDAE4RQF8MBCR55T5AK4KXS\",\"01JQDAE4RQF8MBCR55T5AK4KXT\"]"));
    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | event name is empty",
        "{\"name\":\"\"} | event name is empty",
        "{\"name\":\"inngest/x\"} | event name is reserved for internal use: inngest/x",
        "{\"name\":\"InnGest/x\"} | event name is reserved for internal use: InnGest/x",
        "{\"name\":\"a\",\"ts\":1} | timestamp is before Jan 1, 1980, or after Jan 1, 2100",
        "{\"name\":\"a\",\"ts\":\"1\"} | event key \"ts\" must be an integer of milliseconds since 1970",
        "{\"name\":\"a\",\"data\":[]} | event key \"data\" must be an object",
        "{\"name\":\"a\",\"id\":5} | event key \"id\" must be a string",
        "5 | Request body must contain an event object or an array of event objects",
        "[5] | Request body must contain an event object or an array of event objects"
      })
  void refusesWhatIsNoEvent(String body, String error) throws Exception {
    HttpResponse<String> reply = post(server, "/e/test", body);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(json(reply).path("error").asText()).isEqualTo(error);
    assertThat(json(reply).path("ids")).isEqualTo(JSON.readTree("[\"\"]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "nul", "{\"name\":\"a\"} x", "\u0000"})
  void refusesWhatIsNoJson(String body) throws Exception {
    HttpResponse<String> reply = post(server, "/e/test", body);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(json(reply).path("error").asText()).startsWith("The body is no JSON");
  }

  @Test
  void refusesDeepNestingCheaply() throws Exception {
    String bomb =
        "{\"name\":\"a\",\"data\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_001);
    assertThat(post(server, "/e/test", bomb).statusCode()).isEqualTo(400);
  }

  @Test
  void keepsTheGoodEventsBeforeABadOne() throws Exception {
    JsonNode reply = json(post(server, "/e/test", "[{\"name\":\"good\"},{\"name\":\"\"}]"));
    assertThat(reply.path("ids")).hasSize(1);
    String id = reply.path("ids").get(0).asText();
    assertThat(get(server, "/v1/events/" + id).statusCode()).isEqualTo(200);
    assertThat(json(post(server, "/e/test", "[]")).path("ids")).isEqualTo(JSON.readTree("[\"\"]"));
  }

  @Test
  void refusesMoreThanFiveThousandEvents() throws Exception {
    String many = "[" + "{\"name\":\"a\"},".repeat(5_000) + "{\"name\":\"a\"}]";
    assertThat(json(post(server, "/e/test", many)).path("error").asText())
        .isEqualTo("Cannot have more than 5000 events in a batch");
  }

  @Test
  void removesWhatOnlyTheServerMaySend() throws Exception {
    JsonNode reply =
        json(post(server, "/e/test", "{\"name\":\"a\",\"data\":{\"_inngest\":{},\"b\":1}}"));
    JsonNode event = json(get(server, "/v1/events/" + reply.path("ids").get(0).asText()));
    assertThat(event.path("data").path("data")).isEqualTo(JSON.readTree("{\"b\":1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"appName\":\"\",\"functions\":[]} | App ID required | null",
        "{\"appName\":\"a\",\"functions\":[{\"id\":\"f\",\"name\":\"\",\"triggers\":[],\"steps\":{}}]} |"
            + " At least one function is invalid | Function \"f\": it has no name",
        "{\"appName\":\"a\",\"functions\":[{\"id\":\"f\",\"name\":\"f\",\"triggers\":[],\"steps\":{}}]} |"
            + " At least one function is invalid | Function \"f\": it must have exactly one step"
      })
  void refusesAnAppThatCannotBe(String body, String error, String data) throws Exception {
    HttpResponse<String> reply = post(server, "/fn/register", body);
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(json(reply).path("error").asText()).isEqualTo(error);
    assertThat(json(reply).path("data").asText()).isEqualTo(data);
  }

  private static String app(int port, String trigger) {
    return "{\"url\":\"http://127.0.0.1:"
        + port
        + "/api/inngest\",\"deployType\":\"ping\",\"framework\":\"t\",\"appName\":\"app\","
        + "\"sdk\":\"t:v1\",\"v\":\"0.1\",\"functions\":[{\"id\":\"app-f\",\"name\":\"f\",\"triggers\":["
        + trigger
        + "],\"steps\":{\"step\":{\"id\":\"step\",\"name\":\"step\",\"runtime\":{\"type\":\"http\",\"url\":"
        + "\"http://localhost:"
        + port
        + "/api/inngest?fnId=app-f&stepId=step\"}}}}]}";
  }

  @Test
  void saysWhatItDoesNotSupportWhenAnAppRegisters() throws Exception {
    JsonNode cron = json(post(server, "/fn/register", app(1, "{\"cron\":\"* * * * *\"}")));
    assertThat(cron.path("data").asText()).contains("cron", "not supported");
    JsonNode cel =
        json(
            post(
                server,
                "/fn/register",
                app(1, "{\"event\":\"a\",\"expression\":\"event.data.n > 1\"}")));
    assertThat(cel.path("data").asText()).contains("event.data.n > 1", "not supported");
  }

  @Test
  void refusesAnAppMeantForAnotherKindOfServer() throws Exception {
    HttpResponse<String> reply =
        post(server, "/fn/register", "{}", "X-Inngest-Expected-Server-Kind", "cloud");
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(json(reply).path("error").asText()).isEqualTo("Expected server kind dev, got cloud");
  }

  @Test
  void runsAFunctionOverHttpAndForwardsIntrospection() throws Exception {
    HttpServer app =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body =
              (exchange.getRequestMethod().equals("GET") ? "{\"who\":\"app\"}" : "\"done\"")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("X-Inngest-Sdk", "t:v1");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    app.start();
    try (DevServer fresh = DevServer.builder().port(0).start()) {
      assertThat(get(fresh, "/api/inngest").statusCode()).isEqualTo(404);

      String sync = app(app.getAddress().getPort(), "{\"event\":\"demo/go\"}");
      JsonNode first = json(post(fresh, "/fn/register", sync));
      assertThat(first.path("ok").asBoolean()).isTrue();
      assertThat(first.path("modified").asBoolean()).isTrue();
      assertThat(json(post(fresh, "/fn/register", sync)).path("modified").asBoolean(true))
          .isFalse();
      assertThat(get(fresh, "/api/inngest").body()).isEqualTo("{\"who\":\"app\"}");
      assertThat(post(fresh, "/api/inngest", "{}").statusCode()).isEqualTo(405);

      BlockingQueue<String> live = stream(fresh);
      String id =
          json(post(fresh, "/e/test", "{\"name\":\"demo/go\"}")).path("ids").get(0).asText();
      String message = "";
      while (!message.contains("\"COMPLETED\"")) {
        message = live.take();
      }

      JsonNode run = json(get(fresh, "/v1/events/" + id + "/runs")).path("data").get(0);
      assertThat(run.path("status").asText()).isEqualTo("Completed");
      assertThat(run.path("output").asText()).isEqualTo("done");
      String runId = run.path("run_id").asText();
      assertThat(json(get(fresh, "/v1/runs/" + runId)).path("data")).isEqualTo(run);
      assertThat(get(fresh, "/v0/runs/" + runId + "/actions").statusCode()).isEqualTo(410);
      assertThat(json(get(fresh, "/dashboard/api/runs/" + runId)).path("output").asText())
          .isEqualTo("done");
      assertThat(json(get(fresh, "/dashboard/api/apps")).path("apps").get(0).path("url").asText())
          .startsWith("http://localhost:");
    } finally {
      app.stop(0);
    }
  }

  @Test
  void anEndlessAnswerFailsTheRunInsteadOfFillingTheMemory() throws Exception {
    HttpServer app =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("X-Inngest-Sdk", "t:v1");
          exchange.sendResponseHeaders(200, 0);
          byte[] part = new byte[1024 * 1024];
          try {
            while (true) {
              exchange.getResponseBody().write(part);
            }
          } catch (IOException closed) {
            exchange.close();
          }
        });
    app.start();
    try (DevServer fresh = DevServer.builder().port(0).start()) {
      post(fresh, "/fn/register", app(app.getAddress().getPort(), "{\"event\":\"demo/go\"}"));
      BlockingQueue<String> live = stream(fresh);
      post(fresh, "/e/test", "{\"name\":\"demo/go\"}");
      String message = "";
      while (!message.contains("\"FAILED\"")) {
        message = live.take();
      }
      assertThat(message).contains("app-f");
    } finally {
      app.stop(0);
    }
  }

  private static BlockingQueue<String> stream(DevServer from) throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    HttpResponse<java.io.InputStream> response =
        CLIENT.send(
            HttpRequest.newBuilder(from.url().resolve("/dashboard/api/stream")).build(),
            BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    assertThat(reader.readLine()).matches("id: \\d+");
    assertThat(reader.readLine()).isEqualTo("event: hello");
    Thread thread = new Thread(() -> reader.lines().forEach(lines::add), "live-feed");
    thread.setDaemon(true);
    thread.start();
    return lines;
  }

  @Test
  void aWatcherThatMissedSomethingIsToldToReload() throws Exception {
    assertThat(opening("1").get(1)).isEqualTo("event: reload");
  }

  @Test
  void aWatcherThatComesBackInTimeIsToldThePresentOnly() throws Exception {
    try (DevServer quiet = DevServer.builder().port(0).start()) {
      List<String> first = opening(quiet, null);
      String id = first.get(0).substring("id: ".length());
      assertThat(first.get(1)).isEqualTo("event: hello");
      assertThat(first.get(2)).isEqualTo("data: {\"revision\":" + id + "}");
      assertThat(opening(quiet, id)).isEqualTo(first);

      post(quiet, "/e/test", "{\"name\":\"demo/x\"}");
      assertThat(opening(quiet, id).get(1)).isEqualTo("event: reload");
      assertThat(json(get(quiet, "/dashboard/api/runs")).path("revision").asLong())
          .isEqualTo(Long.parseLong(id) + 1);
    }
  }

  private static List<String> opening(String lastId) throws Exception {
    return opening(server, lastId);
  }

  /** The lines of the first message of the live feed. */
  private static List<String> opening(DevServer from, @Nullable String lastId) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(from.url().resolve("/dashboard/api/stream"));
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                CLIENT.send(request.build(), BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      return List.of(reader.readLine(), reader.readLine(), reader.readLine());
    }
  }

  @Test
  void servesTheDashboardUnderEveryViewsUrl() throws Exception {
    for (String path : new String[] {"/dashboard", "/dashboard/runs/01M84MPWRVY58RVZDR0H3DZ9R5"}) {
      HttpResponse<String> page = get(server, path);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("content-security-policy").orElse(""))
          .contains("default-src 'none'");
    }
    assertThat(get(server, "/dashboard/assets/app.js").statusCode()).isEqualTo(200);
    assertThat(get(server, "/dashboard/assets/../../x").statusCode()).isNotEqualTo(500);
    assertThat(get(server, "/dashboard/assets/none.js").statusCode()).isEqualTo(404);
    assertThat(get(server, "/dashboard/api/runs/none").statusCode()).isEqualTo(404);
    assertThat(get(server, "/dashboard/api/runs?limit=x").statusCode()).isEqualTo(400);
    assertThat(get(server, "/").headers().firstValue("location").orElse("")).endsWith("/dashboard");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/events/nonsense, 400",
    "/v1/runs/nonsense, 400",
    "/v0/runs/nonsense/actions, 400",
    "/v1/runs/01M84MPWRVY58RVZDR0H3DZ9R5, 404",
    "/v1/events/01M84MPWRVY58RVZDR0H3DZ9R5, 404",
    "/v0/runs/01M84MPWRVY58RVZDR0H3DZ9R5/batch, 410"
  })
  void answersWithTheRightStatus(String path, int status) throws Exception {
    assertThat(get(server, path).statusCode()).isEqualTo(status);
  }

  @Test
  void keepsPagesOfOtherOriginsOut() throws Exception {
    assertThat(
            post(server, "/e/test", "{\"name\":\"a\"}", "Origin", "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            post(server, "/e/test", "{\"name\":\"a\"}", "Origin", server.url().toString())
                .statusCode())
        .isEqualTo(200);
    assertThat(rawStatus("evil.example")).contains(" 403 ");
    assertThat(rawStatus("localhost:" + server.port())).contains(" 200 ");
  }

  /** The JDK's client does not let the Host header be chosen. */
  private static String rawStatus(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @Test
  void aBusyPortIsToldWithTheVariableToSet() {
    assertThatThrownBy(() -> DevServer.builder().port(server.port()).start())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining(String.valueOf(server.port()))
        .hasMessageContaining("INNGEST_DEV_PORT");
  }

  @Test
  void asksAppsItWasStartedWithToRegister() throws Exception {
    BlockingQueue<String> pings = new LinkedBlockingQueue<>();
    HttpServer app =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/api/inngest",
        exchange -> {
          pings.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Inngest-Server-Kind")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    app.start();
    URI url = URI.create("http://localhost:" + app.getAddress().getPort() + "/api/inngest");
    try (DevServer with = DevServer.builder().port(0).sdkUrl(url).start()) {
      assertThat(with.port()).isPositive();
      assertThat(pings.poll(10, TimeUnit.SECONDS)).isEqualTo("PUT dev {\"url\":\"" + url + "\"}");
    } finally {
      app.stop(0);
    }
  }
}
