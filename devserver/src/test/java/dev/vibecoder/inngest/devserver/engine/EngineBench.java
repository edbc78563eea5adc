package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.protocol.SyncRequest;
import dev.vibecoder.inngest.protocol.Ulid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine with a clock that stands still and an app that answers by a script. */
final class EngineBench implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Retention RETENTION = Retention.of(1_000);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Map<String, String> SDK =
      Map.of("x-inngest-sdk", "inngest-test:v1", "x-inngest-req-version", "2");

  final ManualClock clock = new ManualClock(START);
  final List<SeenCall> calls = new CopyOnWriteArrayList<>();
  final List<Fact> facts = Collections.synchronizedList(new ArrayList<>());
  private final Random random = new Random(42);
  private final Engine engine;
  private volatile Function<SeenCall, CompletableFuture<AppTransport.Answer>> script =
      call -> CompletableFuture.completedFuture(ok("null"));

  /** A call that the app got. */
  record SeenCall(String url, JsonNode body, Map<String, String> headers, Instant at) {
    String function() {
      return url.replaceAll(".*fnId=([^&]+).*", "$1");
    }

    String stepId() {
      return url.replaceAll(".*stepId=([^&]+).*", "$1");
    }

    int attempt() {
      return body.path("ctx").path("attempt").asInt();
    }

    boolean has(String stepId) {
      return body.path("steps").has(StepHash.of(stepId));
    }
  }

  EngineBench() {
    this(null);
  }

  EngineBench(@Nullable Duration retryInterval) {
    engine =
        new Engine(
            new Engine.Setup(
                clock,
                this::answer,
                facts::addAll,
                retryInterval,
                random,
                RETENTION,
                Runnable::run));
    engine.start();
  }

  private CompletableFuture<AppTransport.Answer> answer(AppTransport.Call call) {
    try {
      SeenCall seen =
          new SeenCall(
              call.url().toString(),
              EngineJson.mapper().readTree(call.body()),
              call.headers(),
              clock.now());
      calls.add(seen);
      return script.apply(seen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
  }

  EngineBench app(Function<SeenCall, AppTransport.Answer> newScript, FunctionConfig... functions) {
    return slowApp(newScript.andThen(CompletableFuture::completedFuture), functions);
  }

  /** An app that answers when it likes. */
  EngineBench slowApp(
      Function<SeenCall, CompletableFuture<AppTransport.Answer>> newScript,
      FunctionConfig... functions) {
    script = newScript;
    sync(functions);
    return this;
  }

  boolean sync(FunctionConfig... functions) {
    return engine
        .sync(
            "http://localhost:1/api/inngest",
            new SyncRequest(
                "http://localhost:1/api/inngest",
                "ping",
                "test",
                "app",
                List.of(functions),
                "test:v1",
                "0.1",
                null,
                null))
        .join();
  }

  static FunctionConfig function(String id, String event, @Nullable Integer retries) {
    return function(id, List.of(new FunctionConfig.Trigger(event, null, null, null)), retries);
  }

  static FunctionConfig function(
      String id, List<FunctionConfig.Trigger> triggers, @Nullable Integer retries) {
    return new FunctionConfig(
        "app-" + id,
        id,
        triggers,
        Map.of(
            "step",
            new FunctionConfig.Step(
                "step",
                "step",
                new FunctionConfig.Endpoint(
                    "http", "http://localhost:1/api/inngest?fnId=app-" + id + "&stepId=step"),
                retries == null ? null : new FunctionConfig.Retries(retries))));
  }

  static FunctionConfig functionAt(String id, String event, String url) {
    return new FunctionConfig(
        "app-" + id,
        id,
        List.of(new FunctionConfig.Trigger(event, null, null, null)),
        Map.of(
            "step",
            new FunctionConfig.Step(
                "step",
                "step",
                new FunctionConfig.Endpoint("http", url),
                new FunctionConfig.Retries(0))));
  }

  static FunctionConfig failureHandler(String id) {
    return function(
        id + "-failure",
        List.of(
            new FunctionConfig.Trigger(
                "inngest/function.failed",
                "event.data.function_id == 'app-" + id + "'",
                null,
                null)),
        0);
  }

  /** Sends an event and waits until nothing more happens. */
  String send(String name, String data) {
    String id = Ulid.next(clock.now(), random);
    return send(name, id, data, clock.now());
  }

  String send(String name, String eventId, String data, Instant ts) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("id", eventId);
    event.put("name", name);
    event.put("ts", ts.toEpochMilli());
    event.set("data", json(data));
    String internal = Ulid.next(clock.now(), random);
    engine.receive(List.of(new IncomingEvent(internal, event))).join();
    settle();
    return internal;
  }

  /** Waits until two looks at the state find no change: everything is done on one thread. */
  void settle() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long before = -1;
    for (long now = revision(); now != before; now = revision()) {
      before = now;
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Runs go on and on: " + runs());
      }
    }
  }

  private long revision() {
    return view(Views::revision);
  }

  /** Looks at the state; what cannot be seen in time fails with what can. */
  <T extends @Nullable Object> T view(Function<Views, T> view) {
    return engine.view(view).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** What a view is once it was written and read. */
  static JsonNode wire(JsonNode view) {
    return json(new String(EngineJson.write(view), StandardCharsets.UTF_8));
  }

  /** A view as it is sent. */
  String written(Function<Views, JsonNode> view) {
    return new String(EngineJson.write(view(view)), StandardCharsets.UTF_8);
  }

  /** Everything that can be seen, of the engine's state. */
  String everything() {
    return view(views -> everything(views));
  }

  /** Everything that can be seen, of a state made of the facts that were kept. */
  String replayed() {
    State state = new State(RETENTION, START.toEpochMilli() * 1_000);
    List.copyOf(facts).forEach(state::apply);
    return everything(new Views(state, clock.now()));
  }

  private static String everything(Views views) {
    StringBuilder all = new StringBuilder();
    JsonNode runs = wire(views.runs(500, 0, null));
    all.append(runs).append(wire(views.events(500, null))).append(wire(views.apps()));
    for (JsonNode run : runs.path("runs")) {
      String id = run.path("id").asText();
      all.append('\n').append(views.run(id).map(EngineBench::wire));
      all.append(views.restRun(id).map(EngineBench::wire));
      all.append(views.actions(id).map(EngineBench::wire));
      all.append(views.batch(id).map(EngineBench::wire));
    }
    return all.toString();
  }

  void advance(Duration duration) {
    clock.advance(duration);
    settle();
  }

  List<JsonNode> runs() {
    List<JsonNode> runs = new ArrayList<>();
    wire(view(views -> views.runs(500, 0, null))).path("runs").forEach(runs::add);
    return runs;
  }

  /** The only run of a function, with everything. */
  JsonNode run(String function) {
    List<JsonNode> matching =
        runs().stream()
            .filter(run -> run.path("functionId").asText().equals("app-" + function))
            .toList();
    if (matching.size() != 1) {
      throw new AssertionError("Expected one run of " + function + ", not " + matching);
    }
    String id = matching.get(0).path("id").asText();
    return wire(view(views -> views.run(id).orElseThrow()));
  }

  List<JsonNode> events(String name) {
    List<JsonNode> events = new ArrayList<>();
    wire(view(views -> views.events(500, name))).forEach(events::add);
    return events;
  }

  static JsonNode json(String text) {
    try {
      return EngineJson.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- answers ---

  static AppTransport.Answer answer(int status, String body, Map<String, String> more) {
    Map<String, String> headers = new java.util.HashMap<>(SDK);
    headers.putAll(more);
    return new AppTransport.Answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  static AppTransport.Answer ok(String body) {
    return answer(200, body, Map.of());
  }

  static AppTransport.Answer operations(String... operations) {
    return answer(206, "[" + String.join(",", operations) + "]", Map.of());
  }

  static String stepRun(String id, String data) {
    return "{\"op\":\"StepRun\",\"id\":\""
        + StepHash.of(id)
        + "\",\"name\":\""
        + id
        + "\",\"displayName\":\""
        + id
        + "\",\"data\":"
        + data
        + "}";
  }

  static String stepFailure(String op, String id, String message) {
    return "{\"op\":\""
        + op
        + "\",\"id\":\""
        + StepHash.of(id)
        + "\",\"name\":\""
        + id
        + "\",\"error\":{\"name\":\"E\",\"message\":\""
        + message
        + "\",\"stack\":\"s\",\"unknown\":1}}";
  }

  static String sleep(String id, String until) {
    return "{\"op\":\"Sleep\",\"id\":\"" + StepHash.of(id) + "\",\"name\":\"" + until + "\"}";
  }

  static String planned(String id) {
    return "{\"op\":\"StepPlanned\",\"id\":\"" + StepHash.of(id) + "\",\"name\":\"" + id + "\"}";
  }
}
