package dev.vibecoder.inngest.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.protocol.StepHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays what the real server asked the TypeScript SDK to the same functions in Java: status,
 * headers and operations must be the recorded ones. Names of errors and stack traces may differ.
 */
class RecordedCallsTest {
  /**
   * Ids that our own rules make different: later steps of a branch are counted within it, and a
   * fetch without an id has one without a host in it.
   */
  private static final Map<String, Map<String, String>> OWN_IDS =
      Map.of(
          "branches", Map.of("a2", "a1>a2", "b-nap", "b1>b-nap", "b2", "b1>b2"),
          "fetches", Map.of("step.fetch: 127.0.0.1", "fetch"));

  private static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);

  private static HttpServer api;
  private static volatile JsonNode nextIds = RecordedCall.JSON.createArrayNode();
  private static volatile JsonNode nextData = RecordedCall.JSON.createObjectNode();

  @BeforeAll
  static void startApi() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/e/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          reply(exchange, "{\"ids\":" + nextIds + ",\"status\":200}");
        });
    api.createContext(
        "/v1/signals",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          reply(exchange, "{\"data\":{\"run_id\":" + nextData.path("runId") + "}}");
        });
    // What the run "big" has done by its last call.
    api.createContext(
        "/v0/runs/",
        exchange -> {
          ObjectNode steps = RecordedCall.JSON.createObjectNode();
          for (int i = 0; i < 11; i++) {
            steps
                .putObject(StepHash.of(i == 0 ? "chunk" : "chunk:" + i))
                .put("data", "x".repeat(450_000));
          }
          boolean batch = exchange.getRequestURI().getPath().endsWith("/batch");
          reply(exchange, batch ? "[{\"name\":\"rec/big\",\"data\":{}}]" : steps.toString());
        });
    api.start();
  }

  private static void reply(HttpExchange exchange, String json) throws IOException {
    byte[] reply = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, reply.length);
    exchange.getResponseBody().write(reply);
    exchange.close();
  }

  @AfterAll
  static void stopApi() {
    api.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls-dev.jsonl", "calls-signed.jsonl"})
  void answersTheRecordedCallsAsRecorded(String file) {
    boolean signed = file.contains("signed");
    SettableClock clock = new SettableClock();
    ServeHandler handler = handler(signed, clock);
    int replayed = 0;
    for (RecordedCall call : scenarioCalls(file).toList()) {
      clock.now = call.time();
      nextData = RecordedCall.tree(call.response()).path(0).path("data");
      nextIds = nextData.path("ids");

      ServeResponse response = handler.handle(request(call, signed));

      replayed++;
      assertThat(response.status()).as("status of %s", call).isEqualTo(call.status());
      for (String header :
          List.of(
              ProtocolHeaders.NO_RETRY,
              ProtocolHeaders.RETRY_AFTER,
              ProtocolHeaders.REQUEST_VERSION,
              ProtocolHeaders.SDK_HANDLED)) {
        assertThat(response.headers().getOrDefault(header, ""))
            .as("%s of %s", header, call)
            .isEqualTo(call.responseHeader(header));
      }
      JsonNode answer = RecordedCall.tree(response.body());
      assertThat(normal(answer))
          .as("body of %s", call)
          .isEqualTo(withOwnIds(call, normal(RecordedCall.tree(call.response()))));
      assertModes(call, answer);
      if (signed && call.ordinal() > 0) {
        assertThat(
                RequestSignature.verify(
                    response.headers().get(ProtocolHeaders.SIGNATURE),
                    response.body(),
                    List.of(SigningKey.parse(KEY)),
                    clock.now))
            .as("signature of the answer to %s", call)
            .isPresent();
      }
    }
    assertThat(replayed).isGreaterThanOrEqualTo(78);
  }

  @Test
  void everyRecordedSignatureVerifiesAndNoneWithAByteChanged() {
    List<SigningKey> keys = List.of(SigningKey.parse(KEY));
    int verified = 0;
    for (RecordedCall call : RecordedCall.all("calls-signed.jsonl")) {
      String request = call.requestHeader(ProtocolHeaders.SIGNATURE);
      if (call.ordinal() > 0) {
        assertSigned(request, call.body(), keys, call.time());
        assertSigned(
            call.responseHeader(ProtocolHeaders.SIGNATURE), call.response(), keys, call.time());
        verified += 2;
      }
    }
    assertThat(verified).isGreaterThan(150);
  }

  private static void assertSigned(
      String header, byte[] body, List<SigningKey> keys, Instant time) {
    assertThat(RequestSignature.verify(header, body, keys, time)).isPresent();
    byte[] changed = body.clone();
    changed[changed.length / 2] ^= 1;
    assertThat(RequestSignature.verify(header, changed, keys, time)).isEmpty();
  }

  private static Stream<RecordedCall> scenarioCalls(String file) {
    return RecordedCall.all(file).stream().filter(call -> call.method().equals("POST"));
  }

  /** The recorded request, with the hashes of our own ids in it. */
  private static ServeRequest request(RecordedCall call, boolean signed) {
    Map<String, String> ids = OWN_IDS.getOrDefault(call.scenario(), Map.of());
    if (ids.isEmpty()) {
      return call.request();
    }
    String url = call.request().url().toString();
    String body = new String(call.body(), StandardCharsets.UTF_8);
    for (Map.Entry<String, String> id : ids.entrySet()) {
      url = url.replace(StepHash.of(id.getKey()), StepHash.of(id.getValue()));
      body = body.replace(StepHash.of(id.getKey()), StepHash.of(id.getValue()));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(call.request().headers());
    if (signed) {
      headers.put(
          ProtocolHeaders.SIGNATURE,
          RequestSignature.sign(bytes, SigningKey.parse(KEY), call.time()));
    }
    return new ServeRequest("POST", URI.create(url), headers, bytes);
  }

  private static JsonNode withOwnIds(RecordedCall call, JsonNode normal) {
    Map<String, String> ids = OWN_IDS.getOrDefault(call.scenario(), Map.of());
    for (JsonNode operation : normal) {
      String own = ids.get(operation.path("userland").path("id").asText());
      if (own != null && operation instanceof ObjectNode changed) {
        changed.put("id", StepHash.of(own));
        changed.withObject("userland").put("id", own);
        if (changed.path("op").asText().startsWith("Step")) {
          changed.put("name", own);
        }
        if (call.scenario().equals("fetches")) {
          changed.put("displayName", own);
        }
      }
    }
    return normal;
  }

  /** From the first wave with anything but plain steps in it, everything in a group is raced. */
  private static void assertModes(RecordedCall call, JsonNode answer) {
    boolean raced =
        call.scenario().equals("parallel-mixed")
            || (call.scenario().equals("branches") && call.ordinal() >= 4);
    for (JsonNode operation : answer) {
      if (operation.has("op")) {
        assertThat(operation.path("opts").path("parallelMode").asText())
            .as("mode of %s", call)
            .isEqualTo(raced ? "race" : "");
      }
    }
  }

  private static ServeHandler handler(boolean signed, Clock clock) {
    InngestOptions.Builder options =
        InngestOptions.builder()
            .variables(Map.of())
            .appId("rec")
            .dev(!signed)
            .eventKey("evt-key-1")
            .baseUrl(URI.create("http://localhost:" + api.getAddress().getPort()));
    if (signed) {
      options.signingKey(KEY);
    }
    return ServeHandler.of(
        Inngest.of(options.build()),
        FunctionRegistry.of(new ScenarioFunctions().all()),
        "test",
        clock);
  }

  /** Leaves out what may differ: names of errors, stacks, times, and explicit empty values. */
  private static JsonNode normal(JsonNode answer) {
    if (!answer.isArray() || !answer.path(0).has("op")) {
      // What "parallel-mixed" gives back has the name of an error in it.
      if (answer.path(1).path("reason") instanceof ObjectNode reason) {
        reason.put("name", "Error");
      }
      return answer.isObject() && answer.has("stack") ? error(answer) : answer;
    }
    ArrayNode operations = RecordedCall.JSON.createArrayNode();
    for (JsonNode operation : answer) {
      ObjectNode normal = operations.addObject();
      String opcode = operation.path("op").asText();
      for (String key : List.of("op", "id", "displayName", "userland")) {
        normal.set(key, operation.path(key));
      }
      String name = operation.path("name").asText();
      normal.put("name", name.matches("\\d{4}-\\d\\d-\\d\\dT.*Z") ? "<instant>" : name);
      ObjectNode opts = normal.putObject("opts");
      operation
          .path("opts")
          .properties()
          .forEach(entry -> opts.set(entry.getKey(), entry.getValue()));
      opts.remove("parallelMode");
      if (opcode.equals("StepRun")) {
        // A Java null and an explicit JSON null are the same to the server.
        normal.set("data", operation.path("data"));
      }
      if (operation.has("error")) {
        normal.set("error", error(operation.path("error")));
      }
    }
    // An error's name is part of what the function "caught" returns.
    return RecordedCall.tree(
        operations
            .toString()
            .replace("caught java.lang.IllegalArgumentException", "caught TypeError")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode error(JsonNode error) {
    ObjectNode normal = RecordedCall.JSON.createObjectNode();
    normal.set("message", error.path("message"));
    if (error.has("cause")) {
      normal.set("cause", error(error.path("cause")));
    }
    return normal;
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.EPOCH;

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
      return now;
    }
  }
}
