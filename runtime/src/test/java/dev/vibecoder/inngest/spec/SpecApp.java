package dev.vibecoder.inngest.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import dev.vibecoder.inngest.support.MutableClock;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An app as the specification sees one: HTTP requests in, HTTP answers out. */
final class SpecApp implements AutoCloseable {
  static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);
  static final String FALLBACK = "signkey-test-" + "fedcba9876543210".repeat(4);
  static final String URL = "http://localhost:3001/api/inngest";
  static final String CALL = "?fnId=app-fn&stepId=step";

  final StubApi api = StubApi.accepting();
  final MutableClock clock = new MutableClock();
  private final Map<String, String> variables = new HashMap<>();
  private List<FunctionDefinition> functions =
      List.of(
          FunctionDefinition.define("fn")
              .on("test/event")
              .handle((event, step) -> step.run("one", Integer.class, () -> 1)));
  private @Nullable ServeHandler handler;

  private SpecApp() {
    variables.put("INNGEST_APP_ID", "app");
    variables.put("INNGEST_BASE_URL", api.url().toString());
  }

  static SpecApp dev() {
    return new SpecApp().with("INNGEST_DEV", "1");
  }

  static SpecApp cloud() {
    return new SpecApp()
        .with("INNGEST_SIGNING_KEY", KEY)
        .with("INNGEST_SIGNING_KEY_FALLBACK", FALLBACK);
  }

  SpecApp with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  SpecApp function(FunctionDefinition function) {
    functions = List.of(function);
    return this;
  }

  InngestOptions options() {
    return InngestOptions.builder().variables(variables).build();
  }

  Answer send(String method, String query, byte[] body, Map<String, String> headers) {
    return send(new ServeRequest(method, URI.create(URL + query), headers, body));
  }

  Answer send(ServeRequest request) {
    if (handler == null) {
      handler =
          ServeHandler.of(Inngest.of(options()), FunctionRegistry.of(functions), "test", clock);
    }
    return new Answer(handler.handle(request));
  }

  Answer send(String method, String query, String body) {
    return send(method, query, bytes(body), Map.of());
  }

  Answer signed(String method, String query, String body, Map<String, String> headers) {
    return signed(KEY, method, query, bytes(body), headers);
  }

  Answer signed(String key, String method, String query, byte[] body, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(
        "x-inngest-signature", RequestSignature.sign(body, SigningKey.parse(key), clock.instant()));
    return send(method, query, body, all);
  }

  boolean isSigned(Answer answer, String key) {
    return RequestSignature.verify(
            answer.header("X-Inngest-Signature"),
            answer.response().body(),
            List.of(SigningKey.parse(key)),
            clock.instant())
        .isPresent();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    api.close();
  }

  /** What came back. */
  record Answer(ServeResponse response) {
    int status() {
      return response.status();
    }

    String header(String name) {
      return response.headers().getOrDefault(name, "");
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return Trees.parse(response.body());
    }
  }
}
