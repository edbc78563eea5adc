package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.devserver.engine.AppTransport.Answer;
import dev.vibecoder.inngest.devserver.engine.Engine.EngineAccess;
import dev.vibecoder.inngest.devserver.engine.Fact.StepLabel;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.protocol.SyncRequest;
import dev.vibecoder.inngest.protocol.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what happens next in a run; on the engine's thread only. */
final class Scheduler {
  private static final Duration IDEMPOTENCY = Duration.ofHours(24);
  private static final String FAILED_EVENT = "inngest/function.failed";
  private static final String FINISHED_EVENT = "inngest/function.finished";
  private static final String CANCELLED_EVENT = "inngest/function.cancelled";

  private final EngineAccess engine;
  private final AppTransport transport;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final OperationHandler operations;

  /** Retries that wait because an app could not be reached; a sync of the app wakes them. */
  private final Map<String, WaitingRetry> unreachable = new LinkedHashMap<>();

  Scheduler(
      EngineAccess engine, AppTransport transport, RetryPolicy retries, RandomGenerator random) {
    this.engine = engine;
    this.transport = transport;
    this.retries = retries;
    this.random = random;
    this.operations = new OperationHandler(engine, this);
  }

  private record WaitingRetry(RunState run, Job job, Timers.Timer timer) {}

  // --- apps and events ---

  boolean sync(String url, SyncRequest sync) {
    String checksum = StepHash.of(EngineJson.mapper().valueToTree(sync).toString());
    boolean modified =
        engine
            .state()
            .app(sync.appName())
            .map(known -> !known.checksum().equals(checksum) || !known.url().equals(url))
            .orElse(true);
    engine.record(new Fact.AppSynced(engine.now(), url, sync, checksum));
    wake(sync.appName());
    return modified;
  }

  private void wake(String appName) {
    for (Map.Entry<String, WaitingRetry> entry : Map.copyOf(unreachable).entrySet()) {
      WaitingRetry waiting = entry.getValue();
      if (waiting.run().appName.equals(appName)) {
        waiting.timer().cancel();
        waiting.run().waiting.remove(entry.getKey());
        unreachable.remove(entry.getKey());
        dispatch(waiting.run(), waiting.job());
      }
    }
  }

  void receive(IncomingEvent incoming) {
    Instant now = engine.now();
    JsonNode event = incoming.event();
    engine.record(new Fact.EventReceived(now, incoming.internalId(), event));
    Set<String> patterns = TriggerPatterns.of(event.path("name").asText());
    for (AppState app : engine.state().apps()) {
      Set<String> seen = new HashSet<>();
      for (FunctionConfig function : app.functions()) {
        if (seen.add(function.id()) && isTriggered(function, patterns, event)) {
          start(app, function, incoming.internalId(), event);
        }
      }
    }
  }

  private static boolean isTriggered(
      FunctionConfig function, Set<String> patterns, JsonNode event) {
    for (FunctionConfig.Trigger trigger : function.triggers()) {
      if (trigger.event() != null && patterns.contains(trigger.event())) {
        String expression = trigger.expression();
        if (expression == null
            || Condition.parse(expression).map(condition -> condition.holds(event)).orElse(false)) {
          return true;
        }
      }
    }
    return false;
  }

  private void start(
      AppState app, FunctionConfig function, String internalEventId, JsonNode event) {
    Instant now = engine.now();
    String eventId = event.path("id").asText();
    boolean started =
        engine.state().started(function.id(), eventId, now.minus(IDEMPOTENCY)).isPresent();
    if (started) {
      return;
    }
    String runId = Ulid.next(now, random);
    engine.record(new Fact.RunScheduled(now, runId, app.name(), function, internalEventId, event));
    RunState run = engine.state().run(runId).orElseThrow();
    Job first = new Job(newJobId(run, "start"), Job.DISCOVERY, 0, 0);
    Instant at = Instant.ofEpochMilli(event.path("ts").asLong(now.toEpochMilli()));
    if (at.isAfter(now)) {
      Timers.Timer timer = engine.at(at, () -> dispatch(run, first));
      run.waiting.put("start", timer);
    } else {
      dispatch(run, first);
    }
  }

  boolean cancel(String runId) {
    Optional<RunState> run = engine.state().run(runId);
    run.filter(open -> !open.status.ended())
        .ifPresent(
            open -> end(open, RunStatus.CANCELLED, JsonNodeFactory.instance.objectNode(), null));
    return run.isPresent();
  }

  // --- jobs ---

  private String newJobId(RunState run, String why) {
    return StepHash.of(run.id + "\n" + why + "\n" + run.jobCount++).substring(0, 13);
  }

  /** Asks the function for whatever comes next. */
  void discover(RunState run, String after) {
    int current = run.stack.indexOf(after) + 1;
    dispatch(run, new Job(newJobId(run, after), Job.DISCOVERY, 0, current));
  }

  /** Asks the function for one step, once. */
  void target(RunState run, String hash) {
    if (run.jobs.add(hash)) {
      dispatch(run, new Job(newJobId(run, hash), hash, 0, run.stack.size()));
    }
  }

  private void dispatch(RunState run, Job job) {
    if (run.status.ended()) {
      return;
    }
    Instant now = engine.now();
    engine.record(new Fact.AttemptStarted(now, run.id, job));
    AppTransport.Call call = CallBody.of(run, job, Ulid.next(now, random));
    engine.effect(() -> send(run, job, call));
  }

  private void send(RunState run, Job job, AppTransport.Call call) {
    // A failed future is a problem like any other; nothing else is thrown here.
    var unused =
        transport
            .call(call)
            .exceptionally(failure -> Answer.unreachable(failure.toString()))
            .thenAccept(answer -> engine.submit(() -> answered(run, job, answer)));
  }

  private void answered(RunState run, Job job, Answer answer) {
    if (run.status.ended()) {
      return;
    }
    Verdict verdict = AnswerReader.read(answer, engine.now());
    if (verdict instanceof Verdict.Returned returned) {
      end(run, RunStatus.COMPLETED, returned.output(), null);
    } else if (verdict instanceof Verdict.Failed failed) {
      failed(run, job, null, failed);
    } else {
      operations.handle(run, job, (Verdict.Reported) verdict);
    }
  }

  /**
   * An attempt failed: it is repeated, or the run or step is over.
   *
   * @param step the step that failed, or null for the function itself
   */
  void failed(RunState run, Job job, @Nullable StepLabel step, Verdict.Failed failure) {
    boolean over = failure.noRetry() || job.attempt() + 1 >= run.maxAttempts();
    if (over && step != null) {
      operations.recordFailure(run, job, step, failure.error());
      return;
    }
    Instant now = engine.now();
    if (over) {
      engine.record(new Fact.AttemptFailed(now, run.id, job, step, failure.error(), null));
      end(run, RunStatus.FAILED, failure.error(), runError(failure));
      return;
    }
    Instant retryAt = retries.next(job.attempt(), now, failure.retryAt());
    engine.record(new Fact.AttemptFailed(now, run.id, job, step, failure.error(), retryAt));
    Job next = job.next();
    Timers.Timer timer =
        engine.at(
            retryAt,
            () -> {
              unreachable.remove(job.id());
              run.waiting.remove(job.id());
              dispatch(run, next);
            });
    run.waiting.put(job.id(), timer);
    if (failure.unreachable()) {
      unreachable.put(job.id(), new WaitingRetry(run, next, timer));
    }
  }

  private static ObjectNode runError(Verdict.Failed failure) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("error", failure.kind());
    for (String key : new String[] {"name", "message", "stack", "cause"}) {
      if (failure.error().has(key)) {
        error.set(key, failure.error().get(key));
      }
    }
    return error;
  }

  /** Fails a run at once, for a reason of the server's own. */
  void fail(RunState run, String name, String message) {
    Verdict.Failed failure =
        AnswerReader.failed(name + ": " + message, name, message, true, null, false);
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.set("error", runError(failure));
    end(run, RunStatus.FAILED, output, runError(failure));
  }

  // --- the end of a run ---

  void end(RunState run, RunStatus status, JsonNode output, @Nullable JsonNode error) {
    Instant now = engine.now();
    run.waiting.keySet().forEach(unreachable::remove);
    engine.record(new Fact.RunEnded(now, run.id, status, output));
    String trigger = run.event.path("name").asText();
    if (trigger.equals(FAILED_EVENT) || trigger.equals(FINISHED_EVENT)) {
      return;
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("function_id", run.function.id());
    data.put("run_id", run.id);
    data.set("event", run.event);
    data.putArray("events").add(run.event);
    data.putObject("_inngest").put("status", status.wireName());
    if (status != RunStatus.CANCELLED) {
      data.set("result", output);
    }
    if (error != null) {
      data.set("error", error);
    }
    publish(FINISHED_EVENT, Ulid.next(now, random), data.deepCopy());
    if (status == RunStatus.FAILED) {
      publish(FAILED_EVENT, run.id, data);
    } else if (status == RunStatus.CANCELLED) {
      publish(CANCELLED_EVENT, run.id, data);
    }
  }

  private void publish(String name, String id, ObjectNode data) {
    Instant now = engine.now();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("id", id);
    event.put("name", name);
    event.put("ts", now.toEpochMilli());
    event.set("data", data);
    receive(new IncomingEvent(Ulid.next(now, random), event));
  }

  /** A sleep that ended: remembered as null, and the function goes on. */
  void wakeUp(RunState run, StepLabel step) {
    if (run.status.ended()) {
      return;
    }
    run.waiting.remove(step.hash());
    engine.record(
        new Fact.StepRecorded(engine.now(), run.id, null, step, NullNode.getInstance(), false));
    operations.continueAfter(run, step.hash(), false);
  }
}
