package dev.vibecoder.inngest.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An app of a few functions, called without HTTP. */
public final class App {
  /** What came back. */
  public record Answer(int status, Map<String, String> headers, byte[] body) {
    public JsonNode json() {
      return Trees.parse(body);
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The one operation of a 206. */
    public JsonNode operation() {
      if (status != 206 || json().size() != 1) {
        throw new AssertionError("Not one operation: " + status + " " + text());
      }
      return json().get(0);
    }

    public String noRetry() {
      return headers.getOrDefault("X-Inngest-No-Retry", "absent");
    }

    public String retryAfter() {
      return headers.getOrDefault("Retry-After", "absent");
    }
  }

  private final MutableClock clock = new MutableClock();
  private final Inngest client;
  private final ServeHandler handler;

  private App(URI api, List<Middleware> middleware, List<FunctionDefinition> functions) {
    InngestOptions options =
        InngestOptions.builder()
            .variables(Map.of())
            .appId("app")
            .dev(true)
            .eventKey("key")
            .baseUrl(api)
            .middleware(middleware.toArray(new Middleware[0]))
            .build();
    this.client = Inngest.of(options);
    this.handler = ServeHandler.of(client, FunctionRegistry.of(functions), "test", clock);
  }

  /** An app whose server cannot be reached. */
  public static App of(FunctionDefinition... functions) {
    return new App(URI.create("http://127.0.0.1:1"), List.of(), List.of(functions));
  }

  public static App of(StubApi api, FunctionDefinition... functions) {
    return new App(api.url(), List.of(), List.of(functions));
  }

  /** An app with middleware. */
  public static App with(
      List<Middleware> middleware, StubApi api, FunctionDefinition... functions) {
    return new App(api.url(), middleware, List.of(functions));
  }

  /** An app with middleware whose server cannot be reached. */
  public static App with(List<Middleware> middleware, FunctionDefinition... functions) {
    return new App(URI.create("http://127.0.0.1:1"), middleware, List.of(functions));
  }

  /** An app of one function with the id {@code fn}, started by any {@code test/event}. */
  public static App function(FunctionHandler<JsonEvent> code) {
    return of(FunctionDefinition.define("fn").on("test/event").handle(code));
  }

  public static App function(StubApi api, FunctionHandler<JsonEvent> code) {
    return of(api, FunctionDefinition.define("fn").on("test/event").handle(code));
  }

  public Inngest client() {
    return client;
  }

  public MutableClock clock() {
    return clock;
  }

  public Answer call(Call call) {
    return call("fn", call);
  }

  public Answer call(String function, Call call) {
    return call(function, call, Map.of("content-type", "application/json"));
  }

  public Answer call(String function, Call call, Map<String, String> headers) {
    ServeResponse response =
        handler.handle(
            new ServeRequest(
                "POST",
                URI.create(
                    "http://localhost:3001/api/inngest?fnId=app-"
                        + function
                        + "&stepId="
                        + call.stepId()),
                headers,
                call.body()));
    return new Answer(response.status(), response.headers(), response.body());
  }
}
