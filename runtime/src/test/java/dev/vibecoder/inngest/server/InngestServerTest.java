package dev.vibecoder.inngest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.server.RawClient.Reply;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.LogLines;
import dev.vibecoder.inngest.support.Seen;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InngestServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);
  private static final String CALL = "/api/inngest?fnId=app-blocking&stepId=step";

  private final Blocking blocking = new Blocking();

  private static InngestServer.Builder server(
      Map<String, String> variables, FunctionDefinition... functions) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("INNGEST_APP_ID", "app");
    return InngestServer.builder()
        .client(Inngest.of(InngestOptions.builder().variables(all).build()))
        .functions(List.of(functions))
        .port(0)
        .shutdownHook(false);
  }

  /** A server in dev mode that registers nowhere. */
  private InngestServer.Builder alone() {
    return server(Map.of("INNGEST_DEV", "1"), blocking.function()).autoSync(false);
  }

  private static String call() {
    return RawClient.request("POST", CALL, new String(Call.first().body(), StandardCharsets.UTF_8));
  }

  private static <T> FutureTask<T> inBackground(Callable<T> code) {
    FutureTask<T> task = new FutureTask<>(code);
    new Thread(task, "test").start();
    return task;
  }

  // --- what is answered ---

  @Test
  void healthIsJson() throws IOException {
    try (InngestServer server = alone().start()) {
      Reply reply = RawClient.ask(server.port(), "GET", "/health", "");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.head()).contains("Content-Type: application/json");
      assertThat(Trees.parse(reply.body()))
          .isEqualTo(Trees.parse("{\"status\":\"ok\",\"functions\":1}"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "POST", "PUT", "PATCH"})
  void healthIsOnlyRead(String method) throws IOException {
    try (InngestServer server = alone().start()) {
      Reply reply = RawClient.ask(server.port(), method, "/health", "");
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.head()).contains("Allow: GET, HEAD");
      assertThat(reply.message()).isEqualTo("Method not allowed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api", "/api/inngest/x", "/health/", "/%7c"})
  void whatIsNotServedIsNotFound(String path) throws IOException {
    try (InngestServer server = alone().start()) {
      Reply reply = RawClient.ask(server.port(), "GET", path, "");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.message()).contains("/api/inngest");
    }
  }

  @Test
  void functionsAreServedAtTheServePath() throws IOException {
    try (InngestServer server =
        server(Map.of("INNGEST_DEV", "1", "INNGEST_SERVE_PATH", "/hook"), blocking.function())
            .autoSync(false)
            .start()) {
      assertThat(server.url().getPath()).isEqualTo("/hook");
      assertThat(RawClient.ask(server.port(), "GET", "/hook", "").status()).isEqualTo(200);
      assertThat(RawClient.ask(server.port(), "GET", "/api/inngest", "").status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stepId=a|b", "fnId={x}", "fnId=%zz", "fnId=a^b", "a=\"", "a=%"})
  void aUrlThatIsNoneIsTheClientsFault(String query) throws IOException {
    try (LogLines log = new LogLines();
        InngestServer server = alone().start()) {
      Reply reply = RawClient.ask(server.port(), "POST", "/api/inngest?" + query, "{}");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.message()).isNotEmpty();
      assertThat(log.text()).doesNotContain(" ERROR ", "\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /health\r\n\r\n",
        "GET /health HTTP/9.9\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"
      })
  void whatIsNoHttpGetsJsonThatTellsNothing(String text) throws IOException {
    try (LogLines log = new LogLines();
        InngestServer server = alone().start()) {
      Reply reply = RawClient.ask(server.port(), text);
      assertThat(reply.status()).isBetween(400, 599);
      assertThat(reply.head()).contains("application/json").doesNotContainIgnoringCase("jetty");
      assertThat(reply.message()).isNotEmpty();
      assertThat(reply.body()).doesNotContainIgnoringCase("jetty").doesNotContain("\tat", "Exc");
      assertThat(log.text()).doesNotContain(" ERROR ", "\tat ");
    }
  }

  // --- bodies ---

  @Test
  void aBodyOverTheLimitIsRefusedWhenItIsAnnounced() throws IOException {
    try (InngestServer server = alone().maxBodyBytes(10).start();
        RawClient client = new RawClient(server.port())) {
      Reply reply =
          client
              .send("POST " + CALL + " HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n")
              .reply();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.message()).contains("10 bytes");
    }
  }

  @Test
  void aBodyOverTheLimitIsRefusedWhenItIsNotAnnounced() throws IOException {
    try (InngestServer server = alone().maxBodyBytes(10).start();
        RawClient client = new RawClient(server.port())) {
      Reply reply =
          client
              .send(
                  "POST "
                      + CALL
                      + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + "b\r\n12345678901\r\n")
              .reply();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.message()).contains("10 bytes");
    }
  }

  @Test
  void aBodyAtTheLimitIsTaken() throws IOException {
    try (InngestServer server = alone().maxBodyBytes(10).start()) {
      assertThat(RawClient.ask(server.port(), "POST", "/api/inngest", "1234567890").message())
          .contains("No function id");
    }
  }

  @Test
  void aClientThatIsTooSlowIsToldSo() throws IOException {
    try (InngestServer server = alone().bodyTimeout(Duration.ofMillis(50)).start();
        RawClient client = new RawClient(server.port())) {
      Reply reply =
          client
              .send("POST " + CALL + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
              .reply();
      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.message()).contains("50 ms");
      assertThat(RawClient.ask(server.port(), "GET", "/health", "").status()).isEqualTo(200);
    }
  }

  // --- where it listens ---

  @Test
  void aPortInUseIsAnErrorThatNamesTheVariable() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InngestServer.Builder builder = alone().port(taken.getLocalPort());
      assertThatThrownBy(builder::start)
          .isInstanceOf(InngestException.class)
          .hasMessageContaining("Port " + taken.getLocalPort())
          .hasMessageContaining("in use")
          .hasMessageContaining("INNGEST_APP_PORT");
    }
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1,not an address of this machine", "[::zz],not known"})
  void anAddressOfAnotherMachineIsNotABusyPort(String host, String problem) {
    assertThatThrownBy(() -> alone().host(host).start())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining(host)
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("in use", "INNGEST_APP_PORT");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,localhost",
    "localhost,localhost",
    "0.0.0.0,localhost",
    "127.0.0.2,127.0.0.2"
  })
  void theUrlSaysWhereItListens(String host, String shown) {
    try (InngestServer server = alone().host(host).start()) {
      assertThat(server.url())
          .isEqualTo(URI.create("http://" + shown + ":" + server.port() + "/api/inngest"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortThatIsNoneIsRefused(int port) {
    assertThatThrownBy(() -> alone().port(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(port));
  }

  // --- syncs ---

  private InngestServer.Builder syncing(StubApi api) {
    return server(
        Map.of("INNGEST_DEV", "1", "INNGEST_BASE_URL", api.url().toString()), blocking.function());
  }

  @Test
  void theAppRegistersItself() {
    try (StubApi api = StubApi.accepting();
        InngestServer server = syncing(api).start()) {
      assertThat(server.awaitRegistered(PATIENCE)).isTrue();
      assertThat(api.requests().get(0).json().path("url").asText())
          .isEqualTo(server.url().toString());
    }
  }

  @Test
  void aServerThatIsAwayAtTheStartIsTriedUntilItIsThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (LogLines log = new LogLines();
        InngestServer server =
            server(
                    Map.of("INNGEST_DEV", "1", "INNGEST_BASE_URL", "http://127.0.0.1:" + port),
                    blocking.function())
                .start()) {
      log.await(text -> text.contains("keeps trying"));
      assertThat(RawClient.ask(server.port(), "GET", "/api/inngest", "").status()).isEqualTo(200);
      assertThat(server.awaitRegistered(Duration.ofMillis(1))).isFalse();
      try (StubApi api = new StubApi(port, StubApi::accept)) {
        assertThat(server.awaitRegistered(PATIENCE)).isTrue();
        assertThat(api.requests()).isNotEmpty();
        log.await(text -> text.contains("Registered app \"app\""));
      }
      assertThat(log.lines("keeps trying")).hasSize(1);
    }
  }

  @Test
  void anAppThatDoesNotRegisterItselfIsNotWaitedFor() {
    try (InngestServer server = alone().start()) {
      assertThat(server.awaitRegistered(Duration.ofDays(1))).isFalse();
    }
  }

  @Test
  void anUnsignedSyncRegistersWhereTheServerIsAndNotWhatTheClientSays() throws IOException {
    String put = "PUT /api/inngest HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n";
    try (StubApi api = StubApi.accepting()) {
      Map<String, String> cloud =
          Map.of("INNGEST_SIGNING_KEY", KEY, "INNGEST_BASE_URL", api.url().toString());
      try (InngestServer server = server(cloud, blocking.function()).start()) {
        assertThat(server.awaitRegistered(PATIENCE)).isTrue();
        assertThat(RawClient.ask(server.port(), put).status()).isEqualTo(200);
        assertThat(api.requests())
            .hasSize(2)
            .allMatch(sync -> sync.json().path("url").asText().equals(server.url().toString()));
      }
      try (InngestServer server = server(cloud, blocking.function()).autoSync(false).start()) {
        assertThat(RawClient.ask(server.port(), put).status()).isEqualTo(401);
        assertThat(api.requests()).hasSize(2);
      }
    }
  }

  // --- many calls ---

  @Test
  void healthIsAnsweredWhileMoreCallsAreBlockedThanRunAtOnce() throws Exception {
    int atOnce = 4;
    List<RawClient> clients = new ArrayList<>();
    try (InngestServer server = alone().concurrentCalls(atOnce).start()) {
      for (int i = 0; i < 60; i++) {
        clients.add(new RawClient(server.port()).send(call()));
      }
      blocking.awaitEntered(atOnce);
      assertThat(RawClient.ask(server.port(), "GET", "/health", "").status()).isEqualTo(200);
      blocking.letGo();
      for (RawClient client : clients) {
        Reply reply = client.reply();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("\"done\"");
      }
    } finally {
      blocking.letGo();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void callsThatFindNoPlaceToWaitAreTurnedAway() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (InngestServer server = alone().concurrentCalls(1).maxWaitingCalls(0).start()) {
      clients.add(new RawClient(server.port()).send(call()));
      blocking.awaitEntered(1);
      Reply reply = RawClient.ask(server.port(), call());
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.message()).isNotEmpty();
      blocking.letGo();
      assertThat(clients.get(0).reply().status()).isEqualTo(200);
    } finally {
      blocking.letGo();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  // --- strangers ---

  /** A server in cloud mode with a place for one call, which is taken, and for one that waits. */
  private InngestServer.Builder closed() {
    return server(Map.of("INNGEST_SIGNING_KEY", KEY), blocking.function())
        .autoSync(false)
        .concurrentCalls(1)
        .maxWaitingCalls(1);
  }

  private static String post(String body, String signature) {
    return "POST "
        + CALL
        + " HTTP/1.1\r\nHost: a\r\nX-Inngest-Signature: "
        + signature
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String signedCall() {
    byte[] body = Call.first().body();
    return post(
        new String(body, StandardCharsets.UTF_8),
        RequestSignature.sign(body, SigningKey.parse(KEY), Instant.now()));
  }

  @Test
  void strangersNeitherWaitNorTakeThePlaceOfTheServersCalls() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (InngestServer server = closed().start()) {
      clients.add(new RawClient(server.port()).send(signedCall()));
      blocking.awaitEntered(1);
      String forged =
          RequestSignature.sign(
              new byte[] {1}, SigningKey.parse("signkey-test-12345678"), Instant.now());
      for (int i = 0; i < 10; i++) {
        assertThat(RawClient.ask(server.port(), call()).status()).isEqualTo(401);
        assertThat(RawClient.ask(server.port(), post("{}", forged)).status()).isEqualTo(401);
      }
      clients.add(new RawClient(server.port()).send(signedCall()));
      // They pass beside those that run and wait.
      assertThat(RawClient.ask(server.port(), "GET", "/health", "").status()).isEqualTo(200);
      assertThat(RawClient.ask(server.port(), "GET", "/api/inngest", "").status()).isEqualTo(401);
      assertThat(RawClient.ask(server.port(), "PUT", "/api/inngest", "").status()).isEqualTo(401);
      blocking.letGo();
      for (RawClient client : clients) {
        assertThat(client.reply().status()).isEqualTo(200);
      }
    } finally {
      blocking.letGo();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void whatRunsNoFunctionPassesBesideTheCallsThatWait() throws Exception {
    try (StubApi api = StubApi.accepting();
        InngestServer server =
            server(
                    Map.of("INNGEST_DEV", "1", "INNGEST_BASE_URL", api.url().toString()),
                    blocking.function())
                .autoSync(false)
                .concurrentCalls(1)
                .maxWaitingCalls(0)
                .start();
        RawClient running = new RawClient(server.port())) {
      running.send(call());
      blocking.awaitEntered(1);
      assertThat(RawClient.ask(server.port(), call()).status()).isEqualTo(503);
      int port = server.port();
      assertThat(RawClient.ask(port, "GET", "/api/inngest", "").status()).isEqualTo(200);
      assertThat(RawClient.ask(port, "PUT", "/api/inngest", "").status()).isEqualTo(200);
      assertThat(RawClient.ask(port, "POST", "/api/inngest?probe=trust", "").status())
          .isEqualTo(200);
      assertThat(RawClient.ask(port, "POST", "/api/inngest?fnId=app-no", "").status())
          .isEqualTo(500);
      blocking.letGo();
      assertThat(running.reply().status()).isEqualTo(200);
    } finally {
      blocking.letGo();
    }
  }

  @Test
  void callsThatWaitHoldNoMoreBytesThanAllowed() throws Exception {
    try (InngestServer server = alone().concurrentCalls(1).maxWaitingBytes(10).start();
        RawClient running = new RawClient(server.port())) {
      running.send(call());
      blocking.awaitEntered(1);
      assertThat(RawClient.ask(server.port(), call()).status()).isEqualTo(503);
      blocking.letGo();
      assertThat(running.reply().status()).isEqualTo(200);
    } finally {
      blocking.letGo();
    }
  }

  @Test
  void theBodyOfAStrangerIsNotWaitedFor() throws IOException {
    try (InngestServer server = closed().start();
        RawClient client = new RawClient(server.port())) {
      Reply reply =
          client
              .send("POST " + CALL + " HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n")
              .reply();
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    }
  }

  @Test
  void onlyCallsMayBeLarge() throws IOException {
    try (InngestServer server = alone().start();
        RawClient client = new RawClient(server.port())) {
      Reply reply =
          client
              .send("PUT /api/inngest HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n")
              .reply();
      assertThat(reply.status()).isEqualTo(413);
    }
  }

  @Test
  void headersOverTheLimitAreRefused() throws IOException {
    try (InngestServer server = alone().start()) {
      Reply reply =
          RawClient.ask(
              server.port(),
              "GET /health HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
      assertThat(reply.status()).isEqualTo(431);
    }
  }

  @Test
  void headersThatTrickleInAreCutOff() throws Exception {
    try (InngestServer server = alone().bodyTimeout(Duration.ofMillis(50)).start();
        RawClient slow = new RawClient(server.port());
        RawClient good = new RawClient(server.port())) {
      slow.send("GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: ");
      FutureTask<Boolean> cut =
          inBackground(
              () -> {
                try {
                  slow.readUntil("never");
                  return false;
                } catch (IOException closed) {
                  return true;
                }
              });
      while (!cut.isDone()) {
        try {
          slow.send("x");
        } catch (IOException closed) {
          // As it shall be.
        }
        // One that is used again and again is none of these.
        assertThat(good.send(RawClient.request("GET", "/health", "")).reply().status())
            .isEqualTo(200);
      }
      assertThat(cut.get()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallMayTakeLongerThanAConnectionMayBeIdle(boolean bodyComesLater) throws Exception {
    String call = call();
    int head = bodyComesLater ? call.indexOf("\r\n\r\n") + 10 : call.length();
    try (InngestServer server = alone().idleTimeout(Duration.ofMillis(500)).start();
        RawClient client = new RawClient(server.port())) {
      client.send(call.substring(0, head));
      assertThat(RawClient.ask(server.port(), "GET", "/health", "").status()).isEqualTo(200);
      client.send(call.substring(head));
      blocking.awaitEntered(1);
      for (int i = 0; i < 2; i++) {
        try (RawClient idle = new RawClient(server.port())) {
          assertThatThrownBy(idle::reply).isInstanceOf(IOException.class);
        }
      }
      blocking.letGo();
      assertThat(client.reply().body()).isEqualTo("\"done\"");
    } finally {
      blocking.letGo();
    }
  }

  @Test
  void aCallMayWaitLongerThanAConnectionMayBeIdle() throws Exception {
    try (InngestServer server =
            alone().idleTimeout(Duration.ofMillis(500)).concurrentCalls(1).start();
        RawClient running = new RawClient(server.port());
        RawClient waiting = new RawClient(server.port())) {
      running.send(call());
      blocking.awaitEntered(1);
      waiting.send(call());
      for (int i = 0; i < 2; i++) {
        try (RawClient idle = new RawClient(server.port())) {
          assertThatThrownBy(idle::reply).isInstanceOf(IOException.class);
        }
      }
      blocking.letGo();
      assertThat(running.reply().body()).isEqualTo("\"done\"");
      assertThat(waiting.reply().body()).isEqualTo("\"done\"");
    } finally {
      blocking.letGo();
    }
  }

  // --- streamed answers ---

  private InngestServer.Builder streaming(String after) {
    return server(
            Map.of("INNGEST_SIGNING_KEY", KEY, "INNGEST_STREAMING", after), blocking.function())
        .autoSync(false)
        .betweenBlanks(Duration.ofMillis(1));
  }

  @Test
  void anAnswerThatTakesLongIsBegunAndKeptOpenWithBlanks() throws Exception {
    try (InngestServer server = streaming("force").start();
        RawClient client = new RawClient(server.port())) {
      client.send(signedCall());
      blocking.awaitEntered(1);
      String head = client.readUntil("\r\n\r\n");
      assertThat(head)
          .startsWith("HTTP/1.1 201 ")
          .contains("X-Inngest-Sdk: inngest-java:v", "Content-Type: application/json");
      for (int i = 0; i < 5; i++) {
        client.readUntil("1\r\n \r\n");
      }
      blocking.letGo();
      String rest = client.readUntil("}\r\n0\r\n\r\n");
      JsonNode envelope = Trees.parse(rest.substring(rest.indexOf('{'), rest.lastIndexOf('}') + 1));
      assertThat(envelope.path("status").asInt()).isEqualTo(200);
      assertThat(envelope.path("version").asInt()).isEqualTo(2);
      String body = envelope.path("body").asText();
      assertThat(body).isEqualTo("\"done\"");
      JsonNode headers = envelope.path("headers");
      assertThat(headers.path("X-Inngest-Req-Version").asText()).isEqualTo("2");
      assertThat(
              RequestSignature.verify(
                  headers.path("X-Inngest-Signature").asText(),
                  body.getBytes(StandardCharsets.UTF_8),
                  List.of(SigningKey.parse(KEY)),
                  Instant.now()))
          .isPresent();
    } finally {
      blocking.letGo();
    }
  }

  @Test
  void anAnswerThatIsThereInTimeComesInOnePiece() throws Exception {
    try (InngestServer server = streaming("true").start();
        RawClient client = new RawClient(server.port())) {
      blocking.letGo();
      Reply reply = client.send(signedCall()).reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("\"done\"");
    }
  }

  @Test
  void onlyCallsAreStreamed() throws Exception {
    try (InngestServer server = streaming("force").start()) {
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
      String signature = RequestSignature.sign(body, SigningKey.parse(KEY), Instant.now());
      Reply probe =
          RawClient.ask(
              server.port(),
              post("{}", signature).replace("?fnId=app-blocking&stepId=step", "?probe=trust"));
      assertThat(probe.status()).isEqualTo(200);
      assertThat(RawClient.ask(server.port(), call()).status()).isEqualTo(401);
      String empty = RequestSignature.sign(new byte[0], SigningKey.parse(KEY), Instant.now());
      Reply told =
          RawClient.ask(
              server.port(),
              "GET /api/inngest HTTP/1.1\r\nHost: localhost\r\nX-Inngest-Signature: "
                  + empty
                  + "\r\n\r\n");
      assertThat(told.status()).isEqualTo(200);
      assertThat(Trees.parse(told.body()).at("/extra/is_streaming").asBoolean()).isTrue();
    }
  }

  @Test
  void aClientThatGoesAwayWhileAnAnswerIsStreamedIsNoTrouble() throws Exception {
    try (LogLines log = new LogLines();
        InngestServer server = streaming("force").start()) {
      try (RawClient client = new RawClient(server.port())) {
        client.send(signedCall());
        blocking.awaitEntered(1);
        client.readUntil("\r\n\r\n");
      }
      try (RawClient client = new RawClient(server.port())) {
        client.send(signedCall());
        blocking.awaitEntered(1);
        blocking.letGo();
        client.readUntil("}\r\n0\r\n\r\n");
      }
      assertThat(log.text()).doesNotContain(" ERROR ", "\tat ");
    } finally {
      blocking.letGo();
    }
  }

  // --- the end ---

  @Test
  void stoppingWithCallsUnderWayIsOneLineOfTheLog() throws Exception {
    Seen<Thread> thread = new Seen<>();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    FunctionDefinition stubborn =
        FunctionDefinition.define("blocking")
            .on("test/event")
            .handle(
                (event, step) -> {
                  thread.set(Thread.currentThread());
                  entered.countDown();
                  boolean waits = true;
                  while (waits) {
                    try {
                      go.await();
                      waits = false;
                    } catch (InterruptedException ignored) {
                      // As badly behaved as can be.
                    }
                  }
                  return "done";
                });
    InngestServer server =
        server(Map.of("INNGEST_DEV", "1"), stubborn)
            .autoSync(false)
            .stopTimeout(Duration.ofMillis(50))
            .start();
    try (LogLines log = new LogLines();
        RawClient client = new RawClient(server.port())) {
      client.send(call());
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      server.close();
      assertThat(log.lines("Calls were still running when the server stopped: 1,")).hasSize(1);
      // What it returns reaches nobody.
      go.countDown();
      thread.get().join(10_000);
      assertThat(thread.get().isAlive()).isFalse();
      assertThat(log.text()).doesNotContain("\tat ", " ERROR ");
    } finally {
      go.countDown();
    }
  }

  @Test
  void closingLetsARunningCallFinish() throws Exception {
    InngestServer server = alone().start();
    try (RawClient client = new RawClient(server.port());
        RawClient idle = new RawClient(server.port())) {
      assertThat(idle.send(RawClient.request("GET", "/health", "")).reply().status())
          .isEqualTo(200);
      client.send(call());
      blocking.awaitEntered(1);
      FutureTask<Boolean> closed =
          inBackground(
              () -> {
                server.close();
                return true;
              });
      // The idle connection ends after the time that is also too short for the call.
      assertThatThrownBy(idle::reply).isInstanceOf(IOException.class);
      assertThat(closed.isDone()).isFalse();
      blocking.letGo();
      Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("\"done\"");
      assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      blocking.letGo();
      server.close();
    }
  }

  @Test
  void closingInterruptsACallThatTakesLongerThanTheStopTimeAndNamesIt() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CompletableFuture<String> ended = new CompletableFuture<>();
    FunctionDefinition patient =
        FunctionDefinition.define("blocking")
            .on("test/event")
            .handle(
                (event, step) -> {
                  entered.countDown();
                  try {
                    new CountDownLatch(1).await();
                    return "never";
                  } catch (InterruptedException e) {
                    ended.complete("interrupted");
                    throw e;
                  }
                });
    InngestServer server =
        server(Map.of("INNGEST_DEV", "1"), patient)
            .autoSync(false)
            .stopTimeout(Duration.ofMillis(50))
            .start();
    try (LogLines log = new LogLines();
        RawClient client = new RawClient(server.port())) {
      client.send(call());
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      server.close();
      assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
      assertThat(log.lines("Calls were still running when the server stopped: 1,"))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("-blocking\", run ");
      assertThat(log.text()).doesNotContain(" ERROR ");
    }
  }

  @Test
  void closingDoesNotWaitForAnIdleConnection() throws Exception {
    // Longer than the test may take.
    InngestServer server = alone().stopTimeout(Duration.ofHours(1)).start();
    try (RawClient client = new RawClient(server.port())) {
      client.send(RawClient.request("GET", "/health", "")).reply();
      inBackground(
              () -> {
                server.close();
                return true;
              })
          .get(30, TimeUnit.SECONDS);
    } finally {
      server.close();
    }
  }

  @Test
  void boundsThatNothingCouldPassAreRefused() {
    assertThatThrownBy(() -> alone().maxBodyBytes(0)).isInstanceOf(IllegalArgumentException.class);
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(1))) {
      assertThatThrownBy(() -> alone().bodyTimeout(none))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> alone().stopTimeout(none))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aRunningCallFinishesWhenTheProcessIsToldToStop() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(out.readLine().substring("port ".length()));
      try (RawClient client = new RawClient(port);
          RawClient idle = new RawClient(port)) {
        idle.send(RawClient.request("GET", "/health", "")).reply();
        client.send(call());
        assertThat(out.readLine()).isEqualTo("entered");
        CompletableFuture<Process> ended = process.onExit();
        process.toHandle().destroy();
        assertThatThrownBy(idle::reply).isInstanceOf(IOException.class);
        process.getOutputStream().write('A');
        process.getOutputStream().flush();
        assertThat(client.reply().body()).isEqualTo("\"read 65\"");
        assertThat(ended.get(60, TimeUnit.SECONDS).isAlive()).isFalse();
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
