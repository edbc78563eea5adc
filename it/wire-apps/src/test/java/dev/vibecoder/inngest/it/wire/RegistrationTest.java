package dev.vibecoder.inngest.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The server is told the same of every function as it was told of the recorded app's. */
class RegistrationTest {
  private static final String URL = "http://127.0.0.1:4000/api/inngest";

  @Test
  void everyFunctionIsRegisteredAsRecorded() {
    JsonNode recorded =
        Recordings.tree("/register.json").path("dev").path("registerRequest").path("body");

    assertThat(byId(registered())).isEqualTo(byId(recorded.path("functions")));
  }

  private static JsonNode registered() {
    InngestOptions options =
        InngestOptions.builder().variables(Map.of()).appId("rec").dev(true).build();
    ServeHandler handler =
        ServeHandler.of(
            Inngest.of(options),
            FunctionRegistry.of(
                new ScenarioFunctions(URI.create("http://127.0.0.1:1/echo")).all()));
    ServeResponse response =
        handler.handle(
            new ServeRequest(
                "PUT",
                URI.create(URL),
                Map.of("X-Inngest-Sync-Kind", "in_band", "X-Inngest-Server-Kind", "dev"),
                ("{\"url\":\"" + URL + "\"}").getBytes(StandardCharsets.UTF_8)));
    assertThat(response.status()).isEqualTo(200);
    return Recordings.parse(new String(response.body(), StandardCharsets.UTF_8)).path("functions");
  }

  private static Map<String, JsonNode> byId(JsonNode functions) {
    Map<String, JsonNode> byId = new TreeMap<>();
    functions.forEach(function -> byId.put(function.path("id").asText(), function));
    return byId;
  }
}
