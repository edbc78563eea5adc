package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.devserver.engine.Engine;
import dev.vibecoder.inngest.devserver.engine.EngineClock;
import dev.vibecoder.inngest.devserver.engine.EngineStoppedException;
import dev.vibecoder.inngest.devserver.engine.Views;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.SdkVersion;
import dev.vibecoder.inngest.protocol.SyncRequest;
import dev.vibecoder.inngest.protocol.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** What is served under which path. */
final class Routes {
  private static final Pattern EVENT = Pattern.compile("/v1/events/([^/]+)");
  private static final Pattern EVENT_RUNS = Pattern.compile("/v1/events/([^/]+)/runs");
  private static final Pattern RUN = Pattern.compile("/v1/runs/([^/]+)");
  private static final Pattern RUN_STATE = Pattern.compile("/v0/runs/([^/]+)/(actions|batch)");
  private static final Pattern DASHBOARD_RUN = Pattern.compile("/dashboard/api/runs/([^/]+)");

  private final Engine engine;
  private final EngineClock clock;
  private final EventIngest ingest;
  private final Introspection introspection;
  private final DevInfo info;
  private final Assets assets = new Assets();

  Routes(Engine engine, EngineClock clock, EventIngest ingest, AppClient client, DevInfo info) {
    this.engine = engine;
    this.clock = clock;
    this.ingest = ingest;
    this.introspection = new Introspection(client);
    this.info = info;
  }

  /** Answers one request; fails with an {@link ApiException} where the request is wrong. */
  CompletableFuture<ApiResponse> answer(Request request, byte[] body) {
    String path = Request.getPathInContext(request);
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> get(request, path);
      case "POST" -> post(request, path, body);
      case "DELETE" -> delete(path);
      default -> notAllowed(path);
    };
  }

  // --- reading ---

  private CompletableFuture<ApiResponse> get(Request request, String path) {
    if (path.equals("/")) {
      return now(ApiResponse.redirect("/dashboard"));
    }
    if (path.equals("/health")) {
      return now(health());
    }
    if (path.equals("/dev")) {
      return engine
          .view(Views::devFunctions)
          .thenApply(functions -> ApiResponse.json(200, info.json(functions)));
    }
    if (path.equals("/api/inngest")) {
      return forward();
    }
    if (path.startsWith("/v1/") || path.startsWith("/v0/")) {
      return rest(request, path);
    }
    if (path.startsWith("/dashboard/api/")) {
      return dashboard(request, path);
    }
    return now(assets.find(path).orElseGet(() -> notFound(path)));
  }

  /** {@code {"status": 200, "message": "OK"}}, or 503 and why nothing goes on any more. */
  private ApiResponse health() {
    Optional<EngineStoppedException> stopped = engine.stopped();
    int status = stopped.isEmpty() ? 200 : 503;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", status);
    body.put("message", stopped.map(Throwable::getMessage).orElse("OK"));
    return ApiResponse.json(status, body);
  }

  private CompletableFuture<ApiResponse> rest(Request request, String path) {
    Matcher event = EVENT.matcher(path);
    if (event.matches()) {
      String id = ulid(event.group(1), "Invalid event ID: ");
      return engine
          .view(views -> views.event(id))
          .thenApply(found -> data(found, 404, "Event not found"));
    }
    Matcher eventRuns = EVENT_RUNS.matcher(path);
    if (eventRuns.matches()) {
      String id = ulid(eventRuns.group(1), "Invalid event ID: ");
      return engine
          .view(views -> views.eventRuns(id))
          .thenApply(runs -> data(Optional.of(runs), 404, ""));
    }
    Matcher run = RUN.matcher(path);
    if (run.matches()) {
      String id = ulid(run.group(1), "Invalid run ID: ");
      return engine
          .view(views -> views.restRun(id))
          .thenApply(found -> data(found, 404, "Unable to load function run: " + id));
    }
    Matcher runState = RUN_STATE.matcher(path);
    if (runState.matches()) {
      return runState(runState.group(1), runState.group(2).equals("actions"));
    }
    if (path.equals("/v1/events")) {
      int limit = QueryParameters.of(request).limit(20);
      String name = QueryParameters.of(request).text("name");
      return engine
          .view(views -> views.events(limit, name))
          .thenApply(events -> data(Optional.of(events), 404, ""));
    }
    return now(notFound(path));
  }

  private CompletableFuture<ApiResponse> runState(String id, boolean actions) {
    ulid(id, "The run ID specified is invalid: ");
    return engine
        .view(views -> actions ? views.actions(id) : views.batch(id))
        .thenApply(
            found ->
                found
                    .map(state -> ApiResponse.json(200, state))
                    .orElseGet(
                        () ->
                            ApiResponse.error(
                                410, "runtime state is no longer available for runID: " + id)));
  }

  private CompletableFuture<ApiResponse> dashboard(Request request, String path) {
    if (path.equals("/dashboard/api/runs")) {
      int limit = QueryParameters.of(request).limit(50);
      int offset = QueryParameters.of(request).offset();
      String status = QueryParameters.of(request).status();
      return engine
          .view(views -> views.runs(limit, offset, status))
          .thenApply(runs -> ApiResponse.json(200, runs));
    }
    Matcher run = DASHBOARD_RUN.matcher(path);
    if (run.matches()) {
      return engine
          .view(views -> views.run(run.group(1)))
          .thenApply(
              found ->
                  found
                      .map(detail -> ApiResponse.json(200, detail))
                      .orElseGet(() -> ApiResponse.error(404, "There is no run " + run.group(1))));
    }
    if (path.equals("/dashboard/api/apps")) {
      return engine.view(Views::apps).thenApply(apps -> ApiResponse.json(200, apps));
    }
    if (path.equals("/dashboard/api/events")) {
      int limit = QueryParameters.of(request).limit(50);
      String name = QueryParameters.of(request).text("name");
      return engine
          .view(views -> views.events(limit, name))
          .thenApply(
              events -> {
                ObjectNode view = JsonNodeFactory.instance.objectNode();
                view.set("events", events);
                return ApiResponse.json(200, view);
              });
    }
    return now(notFound(path));
  }

  /** Asks the app that was synced last what it is. */
  private CompletableFuture<ApiResponse> forward() {
    return engine
        .view(views -> views.lastAppUrl())
        .thenCompose(
            url ->
                url.isEmpty()
                    ? now(ApiResponse.error(404, "No app is synced with this server yet"))
                    : introspection.of(url.get()));
  }

  // --- changing ---

  private CompletableFuture<ApiResponse> post(Request request, String path, byte[] body) {
    if (path.startsWith("/e/") && path.length() > 3) {
      return receive(request, body);
    }
    if (path.equals("/fn/register")) {
      return register(request, body);
    }
    return notAllowed(path);
  }

  private CompletableFuture<ApiResponse> receive(Request request, byte[] body) {
    Optional<String> seed =
        Optional.ofNullable(request.getHeaders().get(ProtocolHeaders.EVENT_ID_SEED));
    EventIngest.Batch batch = ingest.read(body, seed, clock.now());
    return engine
        .receive(batch.events())
        .thenApply(kept -> ApiResponse.json(batch.status(), batch.reply()));
  }

  private CompletableFuture<ApiResponse> register(Request request, byte[] body) {
    SyncRequest sync =
        SyncReader.read(
            body,
            Optional.ofNullable(request.getHeaders().get(ProtocolHeaders.EXPECTED_SERVER_KIND)));
    String url = SyncReader.normalUrl(appUrl(sync));
    return engine
        .sync(url, sync)
        .thenApply(
            modified -> {
              ObjectNode reply = JsonNodeFactory.instance.objectNode();
              reply.put("ok", true);
              reply.put("modified", modified);
              reply.put("sync_id", UUID.randomUUID().toString());
              reply.put("app_id", Views.appId(sync.appName()));
              return ApiResponse.json(200, reply);
            });
  }

  private static String appUrl(SyncRequest sync) {
    if (sync.url() != null && !sync.url().isBlank()) {
      return sync.url();
    }
    return sync.functions().stream()
        .flatMap(function -> function.steps().values().stream())
        .map(step -> step.runtime().url())
        .findFirst()
        .orElse("http://localhost");
  }

  private CompletableFuture<ApiResponse> delete(String path) {
    Matcher run = RUN.matcher(path);
    if (!run.matches()) {
      return notAllowed(path);
    }
    String id = ulid(run.group(1), "Invalid run ID: ");
    return engine
        .cancel(id)
        .thenApply(
            known ->
                known ? ApiResponse.empty(200) : ApiResponse.error(404, "There is no run " + id));
  }

  // --- answers ---

  private ApiResponse data(Optional<JsonNode> data, int status, String missing) {
    if (data.isEmpty()) {
      return ApiResponse.error(status, missing);
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("data", data.get());
    body.putObject("metadata").put("fetched_at", clock.now().toString());
    return ApiResponse.json(200, body);
  }

  private static ApiResponse notFound(String path) {
    return ApiResponse.error(404, "Nothing is served at " + path);
  }

  private static CompletableFuture<ApiResponse> notAllowed(String path) {
    List<String> known = List.of("/health", "/dev", "/api/inngest", "/fn/register");
    return now(
        known.contains(path) || path.startsWith("/dashboard")
            ? ApiResponse.error(405, "This method is not served at " + path)
            : notFound(path));
  }

  private static CompletableFuture<ApiResponse> now(ApiResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  private static String ulid(String text, String problem) {
    if (Ulid.time(text).isEmpty()) {
      throw new ApiException(400, problem + text);
    }
    return text;
  }

  /**
   * What the server tells of itself.
   *
   * @param connectPort the port for workers, told to those who ask
   * @param sdkUrls the apps it was started with
   */
  record DevInfo(int connectPort, List<String> sdkUrls) {
    JsonNode json(JsonNode functions) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("version", "java-" + SdkVersion.VERSION);
      body.put("authed", false);
      ObjectNode options = body.putObject("startOpts");
      options.put("autodiscover", false);
      options.put("poll", !sdkUrls.isEmpty());
      options.put("connectGatewayPort", connectPort);
      sdkUrls.forEach(options.putArray("urls")::add);
      body.set("functions", functions);
      body.putNull("handlers");
      body.put("isSingleNodeService", true);
      body.put("isMissingSigningKey", false);
      body.put("isMissingEventKeys", false);
      body.putObject("features");
      return body;
    }
  }
}
