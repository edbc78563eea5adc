package dev.vibecoder.inngest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** An app whose function reads steps of many types, and never calls out. */
final class FuzzedApp {
  static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ServeHandler handler;

  private FuzzedApp(boolean dev) {
    InngestOptions.Builder options =
        InngestOptions.builder()
            .variables(Map.of())
            .appId("app")
            .unauthenticatedSync(false)
            .baseUrl(URI.create("http://127.0.0.1:1"));
    if (dev) {
      options.dev(true);
    } else {
      options.dev(false).signingKey(KEY);
    }
    handler =
        ServeHandler.of(
            Inngest.of(options.build()),
            FunctionRegistry.of(List.of(function())),
            "test",
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static FuzzedApp dev() {
    return new FuzzedApp(true);
  }

  static FuzzedApp cloud() {
    return new FuzzedApp(false);
  }

  private record Result(int number, String text, List<Double> more) {}

  private static FunctionDefinition function() {
    return FunctionDefinition.define("fn")
        .on("test/event")
        .handle(
            (event, step) -> {
              step.run("a", Integer.class, () -> 1);
              step.run("b", Result.class, () -> new Result(1, "x", List.of(0.5)));
              try {
                step.run("c", new TypeRef<Map<String, List<Long>>>() {}, () -> Map.of());
              } catch (StepFailedException failed) {
                step.run("caught", String.class, failed::name);
              }
              step.sleep("d", Duration.ofSeconds(1));
              step.waitForEvent(
                  "e", EventType.json("test/answer"), Wait.atMost(Duration.ofSeconds(1)));
              step.parallel(
                  () -> step.run("f", String.class, () -> "f"),
                  () -> step.run("g", String.class, () -> "g"));
              return event.data();
            });
  }

  /** Calls the function; whatever comes, there is an answer that HTTP knows. */
  ServeResponse call(byte[] body, Map<String, String> headers) {
    return answer(
        new ServeRequest(
            "POST",
            URI.create("http://localhost/api/inngest?fnId=app-fn&stepId=step"),
            headers,
            body));
  }

  ServeResponse answer(ServeRequest request) {
    ServeResponse response = handler.handle(request);
    assertThat(response.status()).isBetween(200, 599);
    assertThat(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
        .as("an internal error of the library")
        .doesNotContain("InternalError");
    return response;
  }
}
