package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.vibecoder.inngest.devserver.engine.RunState.AttemptState;
import dev.vibecoder.inngest.devserver.engine.RunState.OpenAttempt;
import dev.vibecoder.inngest.devserver.engine.RunState.StepState;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state as JSON: as the REST API tells it, and as the dashboard does ({@code
 * docs/dashboard-api.md}). Used on the engine's thread only, and cheap there: large values are put
 * in as they are. What it gives never changes, may be handed to any thread, and is to be written
 * there by {@link EngineJson#write}.
 */
public final class Views {
  private static final String ACCOUNT = "00000000-0000-4000-a000-000000000000";
  private static final String ENVIRONMENT = "00000000-0000-4000-b000-000000000000";

  private final State state;
  private final Instant now;

  Views(State state, Instant now) {
    this.state = state;
    this.now = now;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  // --- the REST API ---

  /**
   * An event.
   *
   * @param internalId the server's id of it
   * @return the event, or empty
   */
  public Optional<JsonNode> event(String internalId) {
    return state.event(internalId).map(Views::event);
  }

  private static JsonNode event(EventStore.Stored stored) {
    ObjectNode view = object();
    view.put("internal_id", stored.event().internalId());
    view.put("account_id", ACCOUNT);
    view.put("environment_id", ENVIRONMENT);
    view.put("source", "");
    view.putNull("source_id");
    time(view, "received_at", stored.receivedAt());
    view.setAll(stored.event().json());
    return view;
  }

  /**
   * The newest events.
   *
   * @param limit how many at most
   * @param name only events of this name, or null
   * @return the events, the newest first
   */
  public JsonNode events(int limit, @Nullable String name) {
    ArrayNode list = array();
    state.eventsNewestFirst().stream()
        .filter(stored -> name == null || stored.event().name().equals(name))
        .limit(limit)
        .forEach(stored -> list.add(event(stored)));
    return list;
  }

  /**
   * The runs that an event started.
   *
   * @param internalId the server's id of the event
   * @return the runs, none for an unknown event
   */
  public JsonNode eventRuns(String internalId) {
    ArrayNode list = array();
    state.runsOf(internalId).forEach(run -> list.add(restRun(run)));
    return list;
  }

  /**
   * A run.
   *
   * @param runId the run
   * @return the run, or empty
   */
  public Optional<JsonNode> restRun(String runId) {
    return state.run(runId).map(Views::restRun);
  }

  private static JsonNode restRun(RunState run) {
    ObjectNode view = object();
    view.put("run_id", run.id);
    time(view, "run_started_at", run.startedAt == null ? run.queuedAt : run.startedAt);
    view.put("function_id", AppState.functionUuid(run.function));
    view.put("function_version", 1);
    view.put("environment_id", ENVIRONMENT);
    view.put("event_id", run.event.internalId());
    view.put("status", run.status.wireName());
    time(view, "ended_at", run.endedAt);
    if (run.output != null) {
      view.set("output", run.output.node());
    }
    return view;
  }

  /**
   * What is remembered of a run's steps.
   *
   * @param runId the run
   * @return the memos by hash, or empty when the run has ended or is unknown
   */
  public Optional<JsonNode> actions(String runId) {
    return open(runId).map(run -> new POJONode(run.memos));
  }

  /**
   * The events of a run.
   *
   * @param runId the run
   * @return the events as stored, or empty when the run has ended or is unknown
   */
  public Optional<JsonNode> batch(String runId) {
    return open(runId).map(run -> array().add(run.event.json()));
  }

  private Optional<RunState> open(String runId) {
    return state.run(runId).filter(run -> !run.status.ended());
  }

  /**
   * Where the app that was synced last is served.
   *
   * @return its URL, or empty
   */
  public Optional<String> lastAppUrl() {
    return state.lastApp().map(AppState::url);
  }

  /**
   * The id of an app.
   *
   * @param name the app's name
   * @return a UUID that depends on the name alone
   */
  public static String appId(String name) {
    return NameUuid.of(name).toString();
  }

  /**
   * All functions, as {@code GET /dev} lists them.
   *
   * @return the functions
   */
  public JsonNode devFunctions() {
    ArrayNode list = array();
    for (AppState app : state.apps()) {
      for (FunctionConfig function : app.functions()) {
        ObjectNode view = list.addObject();
        view.put("id", AppState.functionUuid(function));
        view.put("name", function.name());
        view.put("slug", function.id());
        view.set("triggers", EngineJson.mapper().valueToTree(function.triggers()));
        ObjectNode step = view.putArray("steps").addObject();
        step.put("id", Job.DISCOVERY);
        step.put("name", Job.DISCOVERY);
        step.put("uri", AppState.endpoint(function));
      }
    }
    return list;
  }

  // --- the dashboard ---

  /**
   * How far the state is.
   *
   * @return grows with every fact, also over a restart of the server
   */
  public long revision() {
    return state.revision();
  }

  /**
   * The newest runs in short.
   *
   * @param limit how many at most
   * @param offset how many to leave out first
   * @param status only runs of this status, or null
   * @return {@code {total, revision, runs: [...]}}, the newest first
   */
  public JsonNode runs(int limit, int offset, @Nullable String status) {
    List<RunState> matching =
        state.runsNewestFirst().stream()
            .filter(run -> status == null || run.status.name().equalsIgnoreCase(status))
            .toList();
    ObjectNode view = object();
    view.put("total", matching.size());
    view.put("revision", state.revision());
    ArrayNode list = view.putArray("runs");
    matching.stream().skip(offset).limit(limit).forEach(run -> list.add(summary(run)));
    return view;
  }

  /**
   * A run in short.
   *
   * @param runId the run
   * @return its summary, or empty
   */
  public Optional<JsonNode> summary(String runId) {
    return state.run(runId).map(this::summary);
  }

  private ObjectNode summary(RunState run) {
    ObjectNode view = object();
    view.put("id", run.id);
    view.put("status", run.status.name());
    view.put("functionId", run.function.id());
    view.put("functionName", run.function.name());
    view.put("appName", run.appName);
    view.put("eventName", run.event.name());
    view.put("eventId", run.event.internalId());
    time(view, "queuedAt", run.queuedAt);
    time(view, "startedAt", run.startedAt);
    time(view, "endedAt", run.endedAt);
    view.put("durationMs", millis(run.queuedAt, run.endedAt));
    view.put("stepCount", run.steps.size());
    run.steps.values().stream()
        .filter(step -> step.until != null && step.endedAt == null)
        .findFirst()
        .ifPresent(
            step -> {
              view.put("waitingFor", step.label.name());
              time(view, "waitingUntil", step.until);
            });
    return view;
  }

  /**
   * A run with everything.
   *
   * @param runId the run
   * @return the run, or empty
   */
  public Optional<JsonNode> run(String runId) {
    return state.run(runId).map(this::detail);
  }

  private JsonNode detail(RunState run) {
    ObjectNode view = summary(run);
    view.put("maxAttempts", run.maxAttempts());
    view.set("event", run.event.json());
    if (run.output != null) {
      view.set("output", run.output.node());
    }
    ArrayNode current = view.putArray("current");
    run.open.values().forEach(open -> current.add(open(run, open)));
    ArrayNode attempts = view.putArray("attempts");
    run.functionAttempts.forEach(attempt -> attempts.add(attempt(attempt)));
    ArrayNode steps = view.putArray("steps");
    run.steps.values().forEach(step -> steps.add(step(step)));
    return view;
  }

  /** A call that is under way: for one step, or for whatever the function does next. */
  private static JsonNode open(RunState run, OpenAttempt open) {
    ObjectNode view = object();
    Job job = open.job();
    StepState step = job.targeted() ? run.steps.get(job.stepId()) : null;
    view.put("stepId", job.targeted() ? job.stepId() : null);
    view.put("name", step == null ? run.function.name() : step.label.name());
    view.put("attempt", job.attempt() + 1);
    time(view, "startedAt", open.startedAt());
    return view;
  }

  private JsonNode step(StepState step) {
    ObjectNode view = object();
    view.put("id", step.label.hash());
    view.put("name", step.label.name());
    view.put("op", step.label.opcode());
    view.put("status", step.status);
    time(view, "startedAt", step.startedAt);
    time(view, "endedAt", step.endedAt);
    if (step.startedAt != null) {
      view.put("durationMs", millis(step.startedAt, step.endedAt));
    }
    if (step.until != null) {
      time(view, "until", step.until);
    }
    ArrayNode attempts = view.putArray("attempts");
    step.attempts.forEach(attempt -> attempts.add(attempt(attempt)));
    return view;
  }

  private JsonNode attempt(AttemptState attempt) {
    ObjectNode view = object();
    view.put("number", attempt.number() + 1);
    time(view, "startedAt", attempt.startedAt());
    time(view, "endedAt", attempt.endedAt());
    view.put("durationMs", millis(attempt.startedAt(), attempt.endedAt()));
    if (attempt.output() != null) {
      view.set("output", attempt.output().node());
    }
    if (attempt.error() != null) {
      view.set("error", attempt.error().node());
    }
    time(view, "retryAt", attempt.retryAt());
    return view;
  }

  /**
   * All apps with their functions.
   *
   * @return {@code {apps: [...]}}
   */
  public JsonNode apps() {
    ObjectNode view = object();
    ArrayNode list = view.putArray("apps");
    for (AppState app : state.apps()) {
      ObjectNode appView = list.addObject();
      appView.put("id", app.id());
      appView.put("name", app.name());
      appView.put("url", app.url());
      appView.put("sdk", app.sync().sdk());
      appView.put("framework", app.sync().framework());
      appView.put("version", app.sync().appVersion());
      time(appView, "syncedAt", app.syncedAt());
      ArrayNode functions = appView.putArray("functions");
      for (FunctionConfig function : app.functions()) {
        ObjectNode functionView = functions.addObject();
        functionView.put("id", function.id());
        functionView.put("name", function.name());
        functionView.put("retries", AppState.retries(function));
        functionView.set("triggers", EngineJson.mapper().valueToTree(function.triggers()));
      }
    }
    return view;
  }

  private long millis(Instant from, @Nullable Instant to) {
    return Duration.between(from, to == null ? now : to).toMillis();
  }

  private static void time(ObjectNode view, String key, @Nullable Instant time) {
    if (time == null) {
      view.putNull(key);
    } else {
      view.putPOJO(key, time);
    }
  }
}
