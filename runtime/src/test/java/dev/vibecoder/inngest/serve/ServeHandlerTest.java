package dev.vibecoder.inngest.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.LogLines;
import dev.vibecoder.inngest.support.MutableClock;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the recorded odd requests (sdk-errors.jsonl), and what they leave open. */
class ServeHandlerTest {
  private static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);
  private static final String OTHER = "signkey-test-" + "fedcba9876543210".repeat(4);
  private static final String CALL = "?fnId=app-fn&stepId=step";
  private static final Map<String, String> BARE =
      Map.of("Content-Type", "application/json", "X-Inngest-Sdk-Handled", "true");

  private final StubApi api = StubApi.accepting();
  private final MutableClock clock = new MutableClock();

  @AfterEach
  void stop() {
    api.close();
  }

  private ServeHandler handler(Map<String, String> variables, FunctionDefinition... functions) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("INNGEST_APP_ID", "app");
    all.putIfAbsent("INNGEST_BASE_URL", api.url().toString());
    List<FunctionDefinition> registered =
        functions.length == 0
            ? List.of(
                FunctionDefinition.define("fn")
                    .on("test/event")
                    .handle((event, step) -> step.run("one", Integer.class, () -> 1)))
            : List.of(functions);
    return ServeHandler.of(
        Inngest.of(InngestOptions.builder().variables(all).build()),
        FunctionRegistry.of(registered),
        "test",
        clock);
  }

  private ServeHandler dev() {
    return handler(Map.of("INNGEST_DEV", "1"));
  }

  private ServeHandler cloud() {
    return handler(
        Map.of(
            "INNGEST_SIGNING_KEY",
            KEY,
            "INNGEST_SIGNING_KEY_FALLBACK",
            OTHER,
            "INNGEST_SERVE_ORIGIN",
            "https://app.example.com"));
  }

  private static ServeRequest request(
      String method, String query, byte[] body, Map<String, String> headers) {
    return new ServeRequest(
        method, URI.create("http://localhost:3001/api/inngest" + query), headers, body);
  }

  private static ServeRequest request(String method, String query, String body) {
    return request(method, query, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private ServeRequest signed(String method, String query, byte[] body, String key, Instant time) {
    return request(
        method,
        query,
        body,
        Map.of("x-inngest-signature", RequestSignature.sign(body, SigningKey.parse(key), time)));
  }

  private ServeRequest signed(String method, String query, byte[] body) {
    return signed(method, query, body, KEY, clock.instant());
  }

  private static JsonNode json(ServeResponse response) {
    return Trees.parse(response.body());
  }

  private static String text(ServeResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static void assertNamesTheSdk(ServeResponse response) {
    assertThat(response.headers().get("X-Inngest-Sdk")).startsWith("inngest-java:v");
    assertThat(response.headers())
        .containsEntry("X-Inngest-Req-Version", "2")
        .containsEntry("X-Inngest-Sdk-Handled", "true")
        .containsEntry("X-Inngest-Framework", "test")
        .containsEntry("Content-Type", "application/json");
  }

  private void assertSigned(ServeResponse response, String key) {
    assertThat(
            RequestSignature.verify(
                response.headers().get("X-Inngest-Signature"),
                response.body(),
                List.of(SigningKey.parse(key)),
                clock.instant()))
        .isPresent();
  }

  // --- introspection ---

  @Test
  void devModeTellsAnybodyLittle() {
    for (Map<String, String> headers :
        List.of(Map.<String, String>of(), Map.of("x-inngest-signature", "t=1&s=00"))) {
      ServeResponse response = dev().handle(request("GET", "", new byte[0], headers));
      assertThat(response.status()).isEqualTo(200);
      assertNamesTheSdk(response);
      assertThat(response.headers()).doesNotContainKey("X-Inngest-Signature");
      JsonNode body = json(response);
      assertThat(body.path("schema_version").asText()).isEqualTo("2024-05-24");
      assertThat(body.path("mode").asText()).isEqualTo("dev");
      assertThat(body.path("function_count").asInt()).isEqualTo(1);
      assertThat(body.path("has_event_key").asBoolean()).isFalse();
      assertThat(body.path("has_signing_key").asBoolean()).isFalse();
      assertThat(body.has("app_id")).isFalse();
      assertThat(body.has("signing_key_hash")).isFalse();
    }
  }

  @Test
  void theServerKindIsEchoedAndNothingElse() {
    ServeHandler handler = dev();
    assertThat(
            handler
                .handle(request("GET", "", new byte[0], Map.of("X-INNGEST-server-kind", "dev")))
                .headers())
        .containsEntry("X-Inngest-Expected-Server-Kind", "dev");
    assertThat(
            handler
                .handle(request("GET", "", new byte[0], Map.of("x-inngest-server-kind", "a\r\nb")))
                .headers())
        .doesNotContainKey("X-Inngest-Expected-Server-Kind");
  }

  @Test
  void cloudModeTellsTheServerMoreAndNoKey() {
    ServeHandler handler =
        handler(
            Map.of(
                "INNGEST_SIGNING_KEY",
                KEY,
                "INNGEST_SIGNING_KEY_FALLBACK",
                OTHER,
                "INNGEST_EVENT_KEY",
                "evt-key-1",
                "INNGEST_ENV",
                "branch"));
    ServeResponse response = handler.handle(signed("GET", "", new byte[0]));
    assertThat(response.status()).isEqualTo(200);
    assertNamesTheSdk(response);
    assertSigned(response, KEY);
    assertThat(response.headers()).containsEntry("X-Inngest-Env", "branch");
    JsonNode body = json(response);
    assertThat(body.path("authentication_succeeded").asBoolean()).isTrue();
    assertThat(body.path("mode").asText()).isEqualTo("cloud");
    assertThat(body.path("app_id").asText()).isEqualTo("app");
    assertThat(body.path("env").asText()).isEqualTo("branch");
    assertThat(body.path("sdk_language").asText()).isEqualTo("java");
    assertThat(body.path("has_signing_key_fallback").asBoolean()).isTrue();
    assertThat(body.path("event_key_hash").asText())
        .isEqualTo("0e7668d7968161f5ce7c557b5f20e3c8e1381ebf95eab2cfd3af7e8ce7b53ed5");
    assertThat(body.path("signing_key_hash").asText()).isEqualTo("4884fdaafea4");
    assertThat(body.path("signing_key_fallback_hash").asText()).isEqualTo("8d2e4d6374b6");
    assertThat(text(response)).doesNotContain("0123456789abcdef", "fedcba98", "evt-key-1");
  }

  // --- who may call ---

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void withoutAValidSignatureNothingIsToldAtAll(String method) {
    byte[] body = Call.first().body();
    List<Map<String, String>> headers =
        List.of(
            Map.of(),
            Map.of("x-inngest-signature", ""),
            Map.of("x-inngest-signature", "zzz"),
            Map.of("x-inngest-signature", "t=1&s=00"),
            Map.of(
                "x-inngest-signature",
                "t=" + clock.instant().getEpochSecond() + "&s=" + "0".repeat(64)),
            Map.of(
                "x-inngest-signature",
                RequestSignature.sign(
                    body, SigningKey.parse("signkey-test-12345678"), clock.instant())),
            Map.of(
                "x-inngest-signature",
                RequestSignature.sign(new byte[] {1}, SigningKey.parse(KEY), clock.instant())));
    for (Map<String, String> header : headers) {
      ServeResponse response = cloud().handle(request(method, CALL, body, header));
      assertThat(response.status()).isEqualTo(401);
      assertThat(text(response)).isEqualTo("{\"message\":\"Unauthorized\"}");
      assertThat(response.headers()).isEqualTo(BARE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,206",
    "-240,206",
    "240,206",
    "-300,206",
    "300,206",
    "-301,401",
    "301,401",
    "-360,401",
    "360,401"
  })
  void aSignatureIsGoodForFiveMinutesInBothDirections(long seconds, int status) {
    ServeResponse response =
        cloud()
            .handle(
                signed(
                    "POST", CALL, Call.first().body(), KEY, clock.instant().plusSeconds(seconds)));
    assertThat(response.status()).isEqualTo(status);
  }

  @Test
  void theAnswerIsSignedWithTheKeyThatSignedTheRequest() {
    for (String key : List.of(KEY, OTHER)) {
      ServeResponse response =
          cloud().handle(signed("POST", CALL, Call.first().body(), key, clock.instant()));
      assertThat(response.status()).isEqualTo(206);
      assertNamesTheSdk(response);
      assertSigned(response, key);
    }
  }

  @Test
  void aBareKeyIsTheSameKey() {
    ServeHandler handler = handler(Map.of("INNGEST_SIGNING_KEY", "0123456789abcdef".repeat(4)));
    assertThat(handler.handle(signed("POST", CALL, Call.first().body())).status()).isEqualTo(206);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT"})
  void cloudModeWithoutAKeyAnswersNothing(String method) {
    ServeResponse response =
        handler(Map.of()).handle(request(method, CALL, Call.first().body(), Map.of()));
    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response)).isEqualTo("{\"code\":\"internal_server_error\"}");
    assertThat(response.headers()).isEqualTo(BARE);
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void theLogSaysOnceThatThereIsNoSigningKey() {
    ServeHandler handler = handler(Map.of());
    try (LogLines log = new LogLines()) {
      handler.handle(request("GET", "", ""));
      handler.handle(request("POST", CALL, ""));
      assertThat(log.lines("INNGEST_SIGNING_KEY")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PATCH", "HEAD", "OPTIONS", "get", "", "PROPFIND"})
  void otherMethodsAreNotAllowed(String method) {
    ServeResponse open = dev().handle(request(method, "", ""));
    assertThat(open.status()).isEqualTo(405);
    assertThat(text(open)).isEqualTo("{\"message\":\"Method not allowed\"}");
    assertNamesTheSdk(open);
    ServeResponse closed = cloud().handle(request(method, "", ""));
    assertThat(closed.status()).isEqualTo(405);
    assertThat(closed.headers()).isEqualTo(BARE);
  }

  // --- calls ---

  @Test
  void callsAFunction() {
    ServeResponse response = dev().handle(request("POST", CALL, Call.first().body(), Map.of()));
    assertThat(response.status()).isEqualTo(206);
    assertNamesTheSdk(response);
    assertThat(json(response).path(0).path("op").asText()).isEqualTo("StepRun");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?fnId=app-fn",
        "?stepId=step&fnId=app-fn",
        "?fnId=app%2Dfn&stepId=st%65p",
        "?x&&=&fnId=app-fn&stepId=step&fnId=other",
        "?fnIdx=no&fnId=app-fn"
      })
  void readsTheQueryHoweverItIsWritten(String query) {
    assertThat(dev().handle(request("POST", query, Call.first().body(), Map.of())).status())
        .isEqualTo(206);
  }

  @ParameterizedTest
  @CsvSource({
    "'',No function id",
    "?,No function id",
    "?fnid=app-fn,No function id",
    "?fnId,No function id",
    "?fnId=,was not found",
    "?fnId=app-nope&stepId=step,app-nope",
    "?fnId=fn,was not found",
    "?fnId=other-fn,was not found",
    "?fnId=APP-FN,was not found",
    "?fnId=app-fn-failure,was not found"
  })
  void aMissingOrUnknownFunctionIsAnInternalError(String query, String message) {
    ServeResponse response = dev().handle(request("POST", query, Call.first().body(), Map.of()));
    assertThat(response.status()).isEqualTo(500);
    assertThat(json(response).path("type").asText()).isEqualTo("internal");
    assertThat(json(response).path("message").asText()).contains(message);
    assertThat(response.headers()).doesNotContainKey("X-Inngest-No-Retry");
    assertNamesTheSdk(response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"ctx\":{\"run_id\":\"r\"}}", "\u0000"})
  void aMalformedBodyIsAnInternalErrorThatSaysWhatIsWrong(String body) {
    ServeResponse response = dev().handle(request("POST", CALL, body));
    assertThat(response.status()).isEqualTo(500);
    assertThat(json(response).path("type").asText()).isEqualTo("internal");
    assertThat(json(response).path("message").asText()).startsWith("The body ");
    assertThat(text(response)).doesNotContain("\tat ");
    assertThat(response.headers()).doesNotContainKey("X-Inngest-No-Retry");
  }

  @Test
  void versionZeroIsRefusedAndOneIsNot() {
    ServeResponse zero =
        dev().handle(request("POST", CALL, Call.first().version(0).body(), Map.of()));
    assertThat(zero.status()).isEqualTo(500);
    assertThat(json(zero).path("message").asText()).contains("version 0");
    for (int version : new int[] {-1, 1, 2}) {
      assertThat(
              dev()
                  .handle(request("POST", CALL, Call.first().version(version).body(), Map.of()))
                  .status())
          .isEqualTo(206);
    }
  }

  @Test
  void anUnknownStepIsAskedForAgain() {
    ServeResponse response =
        dev()
            .handle(
                request(
                    "POST",
                    "?fnId=app-fn&stepId=" + "0".repeat(40),
                    Call.first().body(),
                    Map.of()));
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.headers()).containsEntry("X-Inngest-No-Retry", "false");
    assertThat(json(response).path("error").asText())
        .startsWith("Could not find step \"" + "0".repeat(40) + "\" to run");
  }

  // --- probes ---

  @Test
  void theTrustProbeIsAnsweredToWhoMayCall() {
    for (String body : List.of("", "{}")) {
      assertThat(dev().handle(request("POST", "?probe=trust", body)).status()).isEqualTo(200);
      ServeResponse response =
          cloud().handle(signed("POST", "?probe=trust", body.getBytes(StandardCharsets.UTF_8)));
      assertThat(response.status()).isEqualTo(200);
      assertSigned(response, KEY);
    }
    assertThat(cloud().handle(request("POST", "?probe=trust", "{}")).status()).isEqualTo(401);
  }

  @Test
  void anUnknownProbeIsRefused() {
    ServeResponse response = dev().handle(request("POST", "?probe=zzz", "{}"));
    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response).path("name").asText()).isEqualTo("Error");
    assertThat(json(response).path("message").asText()).isEqualTo("Unknown probe \"zzz\"");
  }

  // --- syncs ---

  private static FunctionDefinition greet() {
    return FunctionDefinition.define("greet")
        .on("demo/hello")
        .name("Greet")
        .retries(3)
        .onFailure((failure, step) -> null)
        .handle((event, step) -> null);
  }

  @Test
  void aSyncRegistersAllFunctionsWithTheServer() {
    ServeHandler handler =
        handler(
            Map.of("INNGEST_DEV", "1", "INNGEST_APP_VERSION", "1.2.3"),
            greet(),
            FunctionDefinition.define("plain").on("demo/*").handle((event, step) -> null));
    ServeResponse response =
        handler.handle(
            request(
                "PUT",
                "?deployId=d%201",
                "{\"url\":\"http://localhost:3001/api/inngest\"}".getBytes(StandardCharsets.UTF_8),
                Map.of("x-inngest-server-kind", "dev", "x-inngest-sync-kind", "out_of_band")));
    assertThat(response.status()).isEqualTo(200);
    assertThat(json(response))
        .isEqualTo(Trees.parse("{\"message\":\"Successfully registered\",\"modified\":true}"));
    assertThat(response.headers())
        .containsEntry("X-Inngest-Sync-Kind", "out_of_band")
        .containsEntry("X-Inngest-Expected-Server-Kind", "dev");

    StubApi.Request sync = api.only();
    assertThat(sync.method()).isEqualTo("POST");
    assertThat(sync.uri().getPath()).isEqualTo("/fn/register");
    assertThat(sync.uri().getQuery()).isIn("deployId=d 1", "deployId=d+1");
    assertThat(sync.header("x-inngest-expected-server-kind")).isEqualTo("dev");
    assertThat(sync.header("x-inngest-sdk")).startsWith("inngest-java:v");
    String url = "http://localhost:3001/api/inngest?fnId=app-";
    assertThat(sync.json().path("functions"))
        .isEqualTo(
            Trees.parse(
                "[{\"id\":\"app-greet\",\"name\":\"Greet\","
                    + "\"triggers\":[{\"event\":\"demo/hello\"}],"
                    + "\"steps\":{\"step\":{\"id\":\"step\",\"name\":\"step\",\"runtime\":{"
                    + "\"type\":\"http\",\"url\":\""
                    + url
                    + "greet&stepId=step\"},\"retries\":{\"attempts\":3}}}},"
                    + "{\"id\":\"app-greet-failure\",\"name\":\"Greet (failure)\","
                    + "\"triggers\":[{\"event\":\"inngest/function.failed\","
                    + "\"expression\":\"event.data.function_id == 'app-greet'\"}],"
                    + "\"steps\":{\"step\":{\"id\":\"step\",\"name\":\"step\",\"runtime\":{"
                    + "\"type\":\"http\",\"url\":\""
                    + url
                    + "greet-failure&stepId=step\"},\"retries\":{\"attempts\":0}}}},"
                    + "{\"id\":\"app-plain\",\"name\":\"plain\","
                    + "\"triggers\":[{\"event\":\"demo/*\"}],"
                    + "\"steps\":{\"step\":{\"id\":\"step\",\"name\":\"step\",\"runtime\":{"
                    + "\"type\":\"http\",\"url\":\""
                    + url
                    + "plain&stepId=step\"}}}}]"));
    assertThat(sync.json().path("url").asText()).isEqualTo("http://localhost:3001/api/inngest");
    assertThat(sync.json().path("appName").asText()).isEqualTo("app");
    assertThat(sync.json().path("appVersion").asText()).isEqualTo("1.2.3");
    assertThat(sync.json().path("deployType").asText()).isEqualTo("ping");
    assertThat(sync.json().path("framework").asText()).isEqualTo("test");
    assertThat(sync.json().path("sdk").asText()).startsWith("java:v");
    assertThat(sync.json().path("v").asText()).isEqualTo("0.1");
  }

  @Test
  void theServeOriginAndPathReplaceWhatWasAsked() {
    ServeHandler handler =
        handler(
            Map.of(
                "INNGEST_DEV", "1",
                "INNGEST_SERVE_ORIGIN", "https://app.example.com/",
                "INNGEST_SERVE_PATH", "/hook"));
    handler.handle(request("PUT", "", ""));
    assertThat(api.only().json().path("url").asText()).isEqualTo("https://app.example.com/hook");
  }

  @Test
  void anUnsignedSyncIsAnsweredButTellsNothing() {
    for (Map<String, String> headers :
        List.of(Map.<String, String>of(), Map.of("x-inngest-signature", "t=1&s=00"))) {
      ServeResponse response = cloud().handle(request("PUT", "", new byte[0], headers));
      assertThat(response.status()).isEqualTo(200);
      assertThat(json(response).path("modified").asBoolean()).isTrue();
      assertThat(response.headers()).isEqualTo(BARE);
    }
    assertThat(api.requests().get(0).header("Authorization"))
        .isEqualTo("Bearer " + SigningKey.parse(KEY).bearerToken());
  }

  @Test
  void anUnsignedSyncIsRefusedWhereThatIsSwitchedOff() {
    ServeHandler handler =
        handler(Map.of("INNGEST_SIGNING_KEY", KEY, "INNGEST_ENABLE_UNAUTHED_SYNC", "false"));
    ServeResponse refused = handler.handle(request("PUT", "", ""));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(text(refused)).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(refused.headers()).isEqualTo(BARE);
    assertThat(api.requests()).isEmpty();
    ServeResponse good = handler.handle(signed("PUT", "", new byte[0]));
    assertThat(good.status()).isEqualTo(200);
    assertSigned(good, KEY);
  }

  @Test
  void aServerThatIsDownIsReported() {
    ServeHandler handler =
        handler(Map.of("INNGEST_DEV", "1", "INNGEST_BASE_URL", "http://127.0.0.1:1"));
    ServeResponse response = handler.handle(request("PUT", "", ""));
    assertThat(response.status()).isEqualTo(500);
    assertThat(json(response).path("modified").isBoolean()).isTrue();
    assertThat(json(response).path("modified").asBoolean()).isFalse();
    assertThat(json(response).path("message").asText())
        .startsWith("Failed to register; ")
        .contains("127.0.0.1:1");
    assertThat(response.headers()).containsEntry("X-Inngest-Sync-Kind", "out_of_band");
  }

  @Test
  void aStrangerWhoAsksForASyncIsNotToldWhereTheServerIs() {
    ServeHandler handler =
        handler(Map.of("INNGEST_SIGNING_KEY", KEY, "INNGEST_BASE_URL", "http://127.0.0.1:1"))
            .servedAt(URI.create("http://localhost:3001/api/inngest"));
    ServeResponse response = handler.handle(request("PUT", "", ""));
    assertThat(response.status()).isEqualTo(500);
    assertThat(json(response).path("message").asText()).isEqualTo("Failed to register");
  }

  @Test
  void whatTheServerHasAgainstASyncIsPassedOn() {
    api.answer(
        request ->
            new StubApi.Reply(
                400,
                "{\"error\":\"At least one function is invalid\",\"data\":null,\"status\":400}"));
    ServeResponse response = dev().handle(request("PUT", "", ""));
    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response).path("message").asText())
        .contains("At least one function is invalid");
    assertThat(json(response).path("modified").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>hello</html>", "", "[]", "5", "{\"modified\":{}}"})
  void whateverAnswersTwoHundredAndIsNoInngestServerIsAFailure(String body) {
    api.answer(request -> new StubApi.Reply(200, body));
    ServeResponse response = dev().handle(request("PUT", "", ""));
    assertThat(response.status()).isEqualTo(500);
    assertThat(json(response).path("modified").asBoolean()).isFalse();
    assertThat(json(response).path("message").asText()).contains(api.url().toString());
  }

  @Test
  void theSecondKeyIsTriedWhenTheServerDoesNotKnowTheFirst() {
    String second = "Bearer " + SigningKey.parse(OTHER).bearerToken();
    api.answer(
        request ->
            request.header("Authorization").equals(second)
                ? StubApi.accept(request)
                : new StubApi.Reply(401, "Authentication failed"));
    assertThat(cloud().handle(signed("PUT", "", new byte[0])).status()).isEqualTo(200);
    assertThat(api.requests()).hasSize(2);
    api.answer(request -> new StubApi.Reply(401, "Authentication failed"));
    ServeResponse response = cloud().handle(signed("PUT", "", new byte[0]));
    assertThat(response.status()).isEqualTo(401);
    assertThat(json(response).path("modified").asBoolean()).isFalse();
  }

  @Test
  void noAnswerToAStrangerHoldsAKeyOrAStackTrace() {
    api.answer(request -> StubApi.CUT);
    Set<String> queries = Set.of("", CALL, "?probe=trust", "?fnId=%20", "?deployId=x");
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      for (String query : queries) {
        ServeResponse response = cloud().handle(request(method, query, "{\"ctx\":"));
        assertThat(text(response))
            .doesNotContain("0123456789abcdef", "fedcba98", "\tat ", "Exception", "java.");
        assertThat(response.headers()).isEqualTo(BARE);
      }
    }
  }

  @Test
  void anAppIdWithAQuoteDoesNotBreakTheFailureExpression() {
    ServeHandler handler =
        ServeHandler.of(
            Inngest.of(
                InngestOptions.builder()
                    .variables(Map.of("INNGEST_DEV", "1"))
                    .baseUrl(api.url())
                    .appId("bob's \\ app")
                    .build()),
            FunctionRegistry.of(List.of(greet())),
            "test",
            clock);
    handler.handle(request("PUT", "", ""));
    assertThat(
            api.only().json().path("functions").path(1).path("triggers").path(0).path("expression"))
        .isEqualTo(Trees.parse(Trees.quote("event.data.function_id == 'bob\\'s \\\\ app-greet'")));
  }

  @Test
  void theClockDecidesNotTheMachine() {
    clock.set(Instant.EPOCH.plus(Duration.ofDays(10)));
    assertThat(cloud().handle(signed("POST", CALL, Call.first().body())).status()).isEqualTo(206);
  }

  // --- where the app is ---

  private static ServeRequest at(String url) {
    return new ServeRequest("PUT", URI.create(url), Map.of(), new byte[0]);
  }

  private String registered() {
    return api.requests().get(api.requests().size() - 1).json().path("url").asText();
  }

  @Test
  void aStrangerCannotChooseWhereTheServerCalls() {
    ServeRequest evil = at("https://evil.example/api/inngest?x=1");
    assertThat(cloud().handle(evil).status()).isEqualTo(200);
    assertThat(registered()).isEqualTo("https://app.example.com/api/inngest");
    assertThat(api.only().body()).doesNotContain("evil");

    ServeHandler selfHosted =
        handler(Map.of("INNGEST_SIGNING_KEY", KEY))
            .servedAt(URI.create("http://localhost:3001/api/inngest"));
    assertThat(selfHosted.handle(evil).status()).isEqualTo(200);
    assertThat(registered()).isEqualTo("http://localhost:3001/api/inngest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example//evil/x", "//evil/x", "@evil", "mailto:evil", "?evil"})
  void aStrangersUrlNeverTouchesTheOrigin(String url) {
    assertThat(cloud().handle(at(url)).status()).isEqualTo(200);
    assertThat(URI.create(registered()).getRawAuthority()).isEqualTo("app.example.com");
    assertThat(registered()).doesNotContain("evil");
  }

  @Test
  void anUnsignedSyncIsRefusedWhereOnlyItsOwnUrlIsKnown() {
    ServeHandler handler = handler(Map.of("INNGEST_SIGNING_KEY", KEY));
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < 2; i++) {
        ServeResponse response = handler.handle(at("https://evil.example/api/inngest"));
        assertThat(response.status()).isEqualTo(401);
        assertThat(text(response)).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(response.headers()).isEqualTo(BARE);
      }
      assertThat(log.lines("INNGEST_SERVE_ORIGIN")).hasSize(1);
    }
    assertThat(api.requests()).isEmpty();
    assertThat(handler.handle(signed("PUT", "", new byte[0])).status()).isEqualTo(200);
    assertThat(registered()).isEqualTo("http://localhost:3001/api/inngest");
  }

  @Test
  void theServePathReplacesTheAskedOneWithoutAnOriginToo() {
    ServeHandler handler = handler(Map.of("INNGEST_DEV", "1", "INNGEST_SERVE_PATH", "hook"));
    handler.handle(at("http://localhost:3001/api/inngest"));
    assertThat(registered()).isEqualTo("http://localhost:3001/hook");
    assertThat(api.only().body())
        .contains("http://localhost:3001/hook?fnId=")
        .doesNotContain("/api/");
  }

  @Test
  void theOriginAloneKeepsTheAskedPath() {
    ServeHandler handler =
        handler(Map.of("INNGEST_DEV", "1", "INNGEST_SERVE_ORIGIN", "https://app.example.com"));
    handler.handle(at("http://localhost:3001/mounted/here"));
    assertThat(registered()).isEqualTo("https://app.example.com/mounted/here");
  }

  @Test
  void aRequestThatDoesNotSayWhereItWentRegistersNothing() {
    ServeResponse response = dev().handle(at("/api/inngest"));
    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response).path("message").asText()).contains("INNGEST_SERVE_ORIGIN");
    assertThat(api.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"staging", "dev\r\nX-Evil: 1", "dev ", "DEV", "ветка", ""})
  void aServerKindThatIsNoneIsNotPassedOn(String kind) {
    ServeRequest request = request("PUT", "", new byte[0], Map.of("X-Inngest-Server-Kind", kind));
    ServeResponse response = dev().handle(request);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).doesNotContainKey("X-Inngest-Expected-Server-Kind");
    assertThat(api.only().headers()).doesNotContainKey("X-Inngest-Expected-Server-Kind");
  }

  @Test
  void thePlatformIsNamedToTheServerAndToNobodyElse() {
    Map<String, String> variables =
        Map.of("INNGEST_SIGNING_KEY", KEY, "RENDER", "true", "INNGEST_SERVE_ORIGIN", "http://a");
    ServeResponse response = handler(variables).handle(signed("PUT", "", new byte[0]));
    assertThat(response.headers()).containsEntry("X-Inngest-Platform", "render");
    assertThat(api.only().header("X-Inngest-Platform")).isEqualTo("render");
    assertThat(handler(variables).handle(request("PUT", "", "")).headers()).isEqualTo(BARE);
    assertThat(dev().handle(request("GET", "", "")).headers())
        .doesNotContainKey("X-Inngest-Platform");
  }

  @Test
  void aReplyWithoutEndIsNotKept() {
    api.answer(request -> new StubApi.Reply(200, " ".repeat(1024 * 1024 + 1)));
    ServeResponse response = dev().handle(request("PUT", "", ""));
    assertThat(response.status()).isEqualTo(500);
    assertThat(json(response).path("message").asText())
        .startsWith("Failed to register; ")
        .contains(api.url().toString(), "larger than 1048576 bytes");
  }

  // --- web pages ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://evil.example:8288",
        "not an origin",
        ""
      })
  void inDevModeAPageOfAnotherOriginCallsNothing(String origin) {
    for (String method : List.of("POST", "PUT")) {
      ServeRequest request = request(method, CALL, Call.first().body(), Map.of("Origin", origin));
      ServeHandler handler = dev();
      assertThat(handler.handle(request).status()).isEqualTo(403);
      assertThat(handler.refuse(method, request.headers()))
          .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(403));
    }
    assertThat(api.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8288",
        "http://127.0.0.1:3000",
        "http://[::1]:1",
        "https://a.localhost"
      })
  void inDevModeAPageOfThisMachineMayCall(String origin) {
    assertThat(
            dev()
                .handle(request("POST", CALL, Call.first().body(), Map.of("Origin", origin)))
                .status())
        .isEqualTo(206);
  }

  // --- where the app is ---

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https|https",
        "HTTPS|https",
        "https, http|https",
        "http|http",
        "ftp|http",
        "javascript:x|http",
        "''|http"
      })
  void aSignedSyncTellsTheSchemeThatTheServerUsed(String forwarded, String scheme) {
    byte[] body = new byte[0];
    Map<String, String> headers =
        Map.of(
            "X-Forwarded-Proto",
            forwarded,
            "x-inngest-signature",
            RequestSignature.sign(body, SigningKey.parse(KEY), clock.instant()));
    ServeRequest request =
        new ServeRequest("PUT", URI.create("http://app.example.com/api/inngest"), headers, body);
    assertThat(handler(Map.of("INNGEST_SIGNING_KEY", KEY)).handle(request).status()).isEqualTo(200);
    assertThat(api.only().json().path("url").asText())
        .isEqualTo(scheme + "://app.example.com/api/inngest");
  }

  // --- what goes wrong beside the functions ---

  @Test
  void aSenderThatCannotBeVerifiedIsAnsweredAllTheSame() {
    Clock broken =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            throw new OutOfMemoryError("none left");
          }
        };
    ServeHandler handler =
        ServeHandler.of(
            Inngest.of(
                InngestOptions.builder()
                    .variables(Map.of("INNGEST_SIGNING_KEY", KEY))
                    .appId("app")
                    .build()),
            FunctionRegistry.of(List.of()),
            "test",
            broken);
    try (LogLines log = new LogLines()) {
      assertThat(handler.handle(request("POST", CALL, "{}")).status()).isEqualTo(503);
      assertThat(log.lines("none left")).isNotEmpty();
    }
  }

  @Test
  void anInterruptWhileTheStateIsFetchedEndsTheCallAndNothingElse() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    api.answer(
        request -> {
          if (request.uri().getPath().endsWith("/batch")) {
            caller.interrupt();
          }
          try {
            answered.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return StubApi.CUT;
        });
    try (LogLines log = new LogLines()) {
      ServeResponse response =
          dev().handle(request("POST", CALL, Call.first().useApi().body(), Map.of()));
      assertThat(Thread.interrupted()).isFalse();
      assertThat(response.status()).isEqualTo(500);
      assertThat(json(response).path("message").asText()).contains("Interrupted");
      assertThat(response.headers()).doesNotContainEntry("X-Inngest-No-Retry", "true");
      assertThat(log.text()).doesNotContain("defect", " ERROR ");
    } finally {
      answered.countDown();
    }
  }
}
