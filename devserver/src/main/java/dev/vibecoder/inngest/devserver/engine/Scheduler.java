package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.devserver.engine.AppTransport.Answer;
import dev.vibecoder.inngest.devserver.engine.Engine.EngineAccess;
import dev.vibecoder.inngest.devserver.engine.Fact.StepLabel;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.protocol.SyncRequest;
import dev.vibecoder.inngest.protocol.Ulid;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what happens next in a run; on the engine's thread only. */
final class Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final String START = "start";
  private static final String FAILED_EVENT = "inngest/function.failed";
  private static final String FINISHED_EVENT = "inngest/function.finished";
  private static final String CANCELLED_EVENT = "inngest/function.cancelled";

  private final EngineAccess engine;
  private final AppTransport transport;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final OperationHandler operations;

  /** The timers of each open run, by what they are for. What they wait for is in the state. */
  private final Map<String, Map<String, Timers.Timer>> timers = new HashMap<>();

  Scheduler(
      EngineAccess engine, AppTransport transport, RetryPolicy retries, RandomGenerator random) {
    this.engine = engine;
    this.transport = transport;
    this.retries = retries;
    this.random = random;
    this.operations = new OperationHandler(engine, this);
  }

  // --- apps and events ---

  /** Tells whether a sync changes anything; on any thread, as an app may be large. */
  static String checksum(SyncRequest sync) {
    return StepHash.of(EngineJson.mapper().valueToTree(sync).toString());
  }

  boolean sync(String url, SyncRequest sync, String checksum) {
    boolean modified =
        engine
            .state()
            .app(sync.appName())
            .map(known -> !known.checksum().equals(checksum) || !known.url().equals(url))
            .orElse(true);
    engine.record(new Fact.AppSynced(engine.now(), url, sync, checksum));
    for (State.WaitingRetry waiting : engine.state().waitingFor(sync.appName())) {
      RunState run = engine.state().run(waiting.runId()).orElseThrow();
      cancelTimer(run, waiting.job().id());
      guarded(run, () -> dispatch(run, waiting.job()));
    }
    return modified;
  }

  void receive(AcceptedEvent event) {
    engine.record(new Fact.EventReceived(engine.now(), event));
    Set<String> patterns = TriggerPatterns.of(event.name());
    for (AppState app : engine.state().apps()) {
      Set<String> seen = new HashSet<>();
      for (FunctionConfig function : app.functions()) {
        if (seen.add(function.id()) && isTriggered(function, patterns, event)) {
          start(app, function, event);
        }
      }
    }
  }

  private static boolean isTriggered(
      FunctionConfig function, Set<String> patterns, AcceptedEvent event) {
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

  private void start(AppState app, FunctionConfig function, AcceptedEvent event) {
    Instant now = engine.now();
    if (engine.state().started(function.id(), event.id(), now)) {
      return;
    }
    String runId = Ulid.next(now, random);
    engine.record(new Fact.RunScheduled(now, runId, app.name(), function, event));
    RunState run = engine.state().run(runId).orElseThrow();
    Instant at = Instant.ofEpochMilli(event.ts());
    if (at.isAfter(now)) {
      timer(run, START, at, () -> first(run));
    } else {
      guarded(run, () -> first(run));
    }
  }

  private void first(RunState run) {
    dispatch(run, new Job(newJobId(run, START), Job.DISCOVERY, 0, 0, false));
  }

  boolean cancel(String runId) {
    Optional<RunState> run = engine.state().run(runId);
    run.filter(open -> !open.status.ended())
        .ifPresent(open -> end(open, RunStatus.CANCELLED, Payload.EMPTY, null));
    return run.isPresent();
  }

  // --- what is done later, or comes from outside ---

  /**
   * An open run must end some day: what cannot be carried out fails it, and so does what leaves it
   * without a call under way and without a time to wait for.
   */
  private void guarded(RunState run, Runnable action) {
    try {
      action.run();
      if (!run.status.ended() && run.open.isEmpty() && timersOf(run).isEmpty()) {
        fail(
            run,
            "NoProgress",
            "Nothing is left to be called or waited for. The app was asked for a step and answered"
                + " without its result");
      }
    } catch (RuntimeException e) {
      LOG.error("Run {} cannot go on: this is a defect of the dev server", run.id, e);
      if (!run.status.ended()) {
        fail(run, "DevServerDefect", "The dev server could not go on with this run: " + e);
      }
    }
  }

  /** Does something for a run later, unless the run ends before. */
  void timer(RunState run, String key, Instant at, Runnable action) {
    Timers.Timer timer =
        engine.at(
            at,
            () -> {
              timersOf(run).remove(key);
              guarded(run, action);
            });
    timersOf(run).put(key, timer);
  }

  private Map<String, Timers.Timer> timersOf(RunState run) {
    return timers.computeIfAbsent(run.id, id -> new HashMap<>());
  }

  private void cancelTimer(RunState run, String key) {
    Timers.Timer timer = timersOf(run).remove(key);
    if (timer != null) {
      engine.cancel(timer);
    }
  }

  // --- jobs ---

  private static String newJobId(RunState run, String why) {
    return StepHash.of(run.id + "\n" + why + "\n" + run.jobCount).substring(0, 13);
  }

  /** Asks the function for whatever comes next; a step led to it, or nothing did. */
  void discover(RunState run, String after, int current) {
    dispatch(run, new Job(newJobId(run, after), Job.DISCOVERY, 0, current, false));
  }

  /** Asks the function for one step. */
  void target(RunState run, String hash) {
    dispatch(run, new Job(newJobId(run, hash), hash, 0, run.stack.size(), false));
  }

  private void dispatch(RunState run, Job job) {
    if (run.status.ended()) {
      return;
    }
    Instant now = engine.now();
    engine.record(new Fact.AttemptStarted(now, run.id, job));
    CallBody call = CallBody.of(run, job, Ulid.next(now, random));
    engine.effect(() -> send(run, job, call));
  }

  /**
   * Writes the call, makes it and reads the answer, which takes long: not on the engine's thread.
   */
  private void send(RunState run, Job job, CallBody call) {
    CompletableFuture<Answer> answer;
    try {
      answer = transport.call(call.write());
    } catch (Throwable e) { // Whatever it is, the run must not wait for ever.
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer
            .exceptionally(failure -> Answer.unreachable("The call failed: " + failure))
            .thenApply(present -> AnswerReader.read(present, engine.now()))
            .exceptionally(
                failure ->
                    Verdict.Failed.of(
                        "unreadable", "UnreadableAnswer", "The answer cannot be read: " + failure))
            .thenAccept(
                verdict -> engine.submit(() -> guarded(run, () -> answered(run, job, verdict))));
  }

  private void answered(RunState run, Job job, Verdict verdict) {
    if (run.status.ended()) {
      return;
    }
    if (verdict instanceof Verdict.Returned returned) {
      end(run, RunStatus.COMPLETED, returned.output(), null);
    } else if (verdict instanceof Verdict.Failed failed) {
      failed(run, job, null, failed);
    } else {
      operations.handle(run, job, (Verdict.Reported) verdict);
    }
  }

  /**
   * An attempt failed: it is repeated, or the run is over.
   *
   * @param step the step that failed, or null for the function itself
   */
  void failed(RunState run, Job job, @Nullable StepLabel step, Verdict.Failed failure) {
    Instant now = engine.now();
    if (isLast(run, job, failure.noRetry())) {
      engine.record(
          new Fact.AttemptFailed(now, run.id, job, step, failure.error(), null, failure.refused()));
      end(run, RunStatus.FAILED, failure.error(), failure.summary());
      return;
    }
    Instant retryAt = retries.next(job.attempt(), now, failure.retryAt());
    engine.record(
        new Fact.AttemptFailed(
            now, run.id, job, step, failure.error(), retryAt, failure.refused()));
    // One answer may tell of several steps that failed: its job is tried again once.
    if (!timersOf(run).containsKey(job.id())) {
      timer(run, job.id(), retryAt, () -> dispatch(run, job.next()));
    }
  }

  boolean isLast(RunState run, Job job, boolean noRetry) {
    return noRetry || job.attempt() + 1 >= run.maxAttempts();
  }

  /** Fails a run at once, for a reason of the server's own. */
  void fail(RunState run, String name, String message) {
    Verdict.Failed failure = Verdict.Failed.of(name + ": " + message, name, message);
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.set("error", failure.summary().node());
    end(run, RunStatus.FAILED, Payload.of(output), failure.summary());
  }

  // --- the end of a run ---

  void end(RunState run, RunStatus status, Payload output, @Nullable Payload error) {
    Map<String, Timers.Timer> left = timers.remove(run.id);
    if (left != null) {
      left.values().forEach(engine::cancel);
    }
    Instant now = engine.now();
    engine.record(new Fact.RunEnded(now, run.id, status, output));
    String trigger = run.event.name();
    if (trigger.equals(FAILED_EVENT) || trigger.equals(FINISHED_EVENT)) {
      return;
    }
    Payload data = data(run, status, output, error);
    publish(FINISHED_EVENT, Ulid.next(now, random), data);
    if (status == RunStatus.FAILED) {
      publish(FAILED_EVENT, run.id, data);
    } else if (status == RunStatus.CANCELLED) {
      publish(CANCELLED_EVENT, run.id, data);
    }
  }

  private static Payload data(
      RunState run, RunStatus status, Payload output, @Nullable Payload error) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("function_id", run.function.id());
    data.put("run_id", run.id);
    ObjectNode event = run.event.json();
    data.set("event", event);
    data.putArray("events").add(event);
    data.putObject("_inngest").put("status", status.wireName());
    if (status != RunStatus.CANCELLED) {
      data.set("result", output.node());
    }
    if (error != null) {
      data.set("error", error.node());
    }
    return Payload.of(data);
  }

  private void publish(String name, String id, Payload data) {
    Instant now = engine.now();
    receive(
        new AcceptedEvent(
            Ulid.next(now, random), id, name, now.toEpochMilli(), Map.of("data", data)));
  }

  /** A sleep that ended: remembered as null, and the function goes on. */
  void wakeUp(RunState run, StepLabel step) {
    Memo nothing = new Memo(Memo.Kind.PLAIN, Payload.NULL);
    engine.record(new Fact.StepRecorded(engine.now(), run.id, null, step, nothing));
    operations.continueAfter(run, step.hash(), false);
  }
}
