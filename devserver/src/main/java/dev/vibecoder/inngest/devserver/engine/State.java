package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.devserver.engine.RunState.AttemptState;
import dev.vibecoder.inngest.devserver.engine.RunState.OpenAttempt;
import dev.vibecoder.inngest.devserver.engine.RunState.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All apps, events and runs; changed by applying facts and by nothing else, so that the same facts
 * give the same state. What is beyond the {@link Retention} is forgotten, the oldest first.
 */
final class State {
  /** For how long the id of an event starts a function once only. */
  static final Duration IDEMPOTENCY = Duration.ofHours(24);

  /** How many starts are remembered for that; beyond it the oldest are forgotten early. */
  static final int MAX_STARTS = 100_000;

  private static final int STEP_BYTES = 400;
  private static final int ATTEMPT_BYTES = 200;

  private final Retention retention;
  private final Map<String, AppState> apps = new LinkedHashMap<>();
  private final Map<String, RunState> runs = new LinkedHashMap<>();
  private final EventStore events = new EventStore();
  private final Map<String, RunState> ended = new LinkedHashMap<>();
  private final Map<String, Instant> starts = new LinkedHashMap<>();
  private final Map<String, WaitingRetry> refused = new LinkedHashMap<>();
  private @Nullable String lastApp;
  private long runBytes;
  private long revision;

  /**
   * An empty state.
   *
   * @param retention how much is remembered
   * @param firstRevision counts on from here
   */
  State(Retention retention, long firstRevision) {
    this.retention = retention;
    this.revision = firstRevision;
  }

  /**
   * A retry that waits because nobody listened where the app should be.
   *
   * @param runId the run
   * @param job the next attempt
   */
  record WaitingRetry(String runId, Job job) {}

  void apply(Fact fact) {
    revision++;
    if (fact instanceof Fact.AppSynced synced) {
      apps.put(
          synced.sync().appName(),
          new AppState(synced.url(), synced.sync(), synced.checksum(), synced.at()));
      lastApp = synced.sync().appName();
    } else if (fact instanceof Fact.EventReceived received) {
      events.add(received.event(), received.at());
    } else if (fact instanceof Fact.RunScheduled scheduled) {
      scheduled(scheduled);
    } else {
      RunState run = require(fact.runId());
      long before = run.bytes;
      applyToRun(run, fact);
      runBytes += run.bytes - before;
    }
    forget();
  }

  private void scheduled(Fact.RunScheduled fact) {
    RunState run = new RunState(fact);
    runs.put(run.id, run);
    runBytes += run.bytes;
    events.started(fact.event(), run.id);
    String start = startKey(fact.function().id(), fact.event().id());
    starts.remove(start);
    starts.put(start, fact.at());
    // The oldest stand first, so that only what is forgotten is looked at.
    Instant past = fact.at().minus(IDEMPOTENCY);
    Iterator<Instant> oldest = starts.values().iterator();
    while (oldest.next().isBefore(past) || starts.size() > MAX_STARTS) {
      oldest.remove();
    }
  }

  private void applyToRun(RunState run, Fact fact) {
    if (fact instanceof Fact.AttemptStarted started) {
      started(run, started);
    } else if (fact instanceof Fact.AnswerReported reported) {
      reported(run, reported);
    } else if (fact instanceof Fact.GroupJoined) {
      run.planOnly = false;
    } else if (fact instanceof Fact.AttemptFailed failed) {
      failed(run, failed);
    } else if (fact instanceof Fact.StepRecorded recorded) {
      recorded(run, recorded);
    } else if (fact instanceof Fact.StepWaiting waiting) {
      StepState step = step(run, waiting.step());
      step.status = waiting.until() == null ? "planned" : "sleeping";
      step.startedAt = waiting.at();
      step.until = waiting.until();
    } else if (fact instanceof Fact.VersionPinned pinned) {
      run.version = pinned.version();
    } else if (fact instanceof Fact.RunEnded over) {
      ended(run, over);
    }
  }

  private static StepState step(RunState run, Fact.StepLabel label) {
    int before = run.steps.size();
    StepState step = run.step(label);
    run.bytes += run.steps.size() == before ? 0 : STEP_BYTES;
    return step;
  }

  private void started(RunState run, Fact.AttemptStarted fact) {
    Job job = fact.job();
    run.status = RunStatus.RUNNING;
    run.startedAt = run.startedAt == null ? fact.at() : run.startedAt;
    run.open.put(job.id(), new OpenAttempt(job, fact.at()));
    refused.remove(job.id());
    run.refused.remove(job.id());
    if (job.attempt() == 0) {
      run.jobCount++;
    }
    if (job.targeted()) {
      run.targets.add(job.stepId());
    }
  }

  private static void reported(RunState run, Fact.AnswerReported fact) {
    run.answered = run.open.remove(fact.jobId());
    run.emptyAnswers = fact.operations() == 0 ? run.emptyAnswers + 1 : 0;
    if (fact.operations() > 1) {
      run.planOnly = true;
    }
    if (!fact.group().isEmpty()) {
      run.pending.clear();
      run.pending.addAll(fact.group());
      run.pending.removeIf(run::remembers);
    }
  }

  /** When the call began that a job's end is told of: it may be answered with several steps. */
  private static Instant begin(RunState run, Job job, Instant otherwise) {
    OpenAttempt open = run.open.remove(job.id());
    if (open != null) {
      run.answered = open;
      return open.startedAt();
    }
    OpenAttempt answered = run.answered;
    return answered != null && answered.job().id().equals(job.id())
        ? answered.startedAt()
        : otherwise;
  }

  private void failed(RunState run, Fact.AttemptFailed fact) {
    Job job = fact.job();
    AttemptState attempt =
        new AttemptState(
            job.attempt(),
            begin(run, job, fact.at()),
            fact.at(),
            null,
            fact.error(),
            fact.retryAt());
    run.bytes += ATTEMPT_BYTES + fact.error().size();
    if (fact.refused() && fact.retryAt() != null && !job.woken()) {
      refused.put(job.id(), new WaitingRetry(run.id, job.next().wake()));
      run.refused.add(job.id());
    }
    if (fact.step() == null) {
      run.functionAttempts.add(attempt);
      return;
    }
    StepState step = step(run, fact.step());
    step.startedAt = step.startedAt == null ? attempt.startedAt() : step.startedAt;
    step.status = fact.retryAt() == null ? "failed" : "retrying";
    step.attempts.add(attempt);
  }

  private static void recorded(RunState run, Fact.StepRecorded fact) {
    String hash = fact.step().hash();
    Memo memo = fact.memo();
    run.remember(hash, memo);
    run.bytes += memo.size();
    run.pending.remove(hash);
    StepState step = step(run, fact.step());
    step.endedAt = fact.at();
    step.status = memo.failed() ? "failed" : "completed";
    Job job = fact.job();
    if (job != null) {
      Instant startedAt = begin(run, job, fact.at());
      step.startedAt = step.startedAt == null ? startedAt : step.startedAt;
      step.attempts.add(
          new AttemptState(
              job.attempt(),
              startedAt,
              fact.at(),
              memo.failed() ? null : memo.value(),
              memo.failed() ? memo.value() : null,
              null));
      run.bytes += ATTEMPT_BYTES;
    }
  }

  private void ended(RunState run, Fact.RunEnded fact) {
    run.status = fact.status();
    run.endedAt = fact.at();
    run.output = fact.output();
    run.bytes += fact.output().size();
    run.open.clear();
    run.answered = null;
    run.pending.clear();
    run.targets.clear();
    run.refused.forEach(refused::remove);
    run.refused.clear();
    ended.put(run.id, run);
  }

  // --- forgetting ---

  private void forget() {
    while (ended.size() > retention.count()) {
      forgetRun();
    }
    while (events.size() > retention.count()) {
      events.forgetOldest();
    }
    while (bytes() > retention.bytes() && !(ended.isEmpty() && events.size() == 0)) {
      if (ended.isEmpty() || (events.size() > 0 && events.oldest().isBefore(oldestEnd()))) {
        events.forgetOldest();
      } else {
        forgetRun();
      }
    }
  }

  private Instant oldestEnd() {
    Instant end = ended.values().iterator().next().endedAt;
    return end == null ? Instant.MIN : end;
  }

  private void forgetRun() {
    Iterator<RunState> oldest = ended.values().iterator();
    RunState run = oldest.next();
    oldest.remove();
    runs.remove(run.id);
    runBytes -= run.bytes;
    events.runForgotten(run.event.internalId(), run.id);
  }

  /** How much is remembered. */
  long bytes() {
    return runBytes + events.bytes();
  }

  private RunState require(@Nullable String runId) {
    RunState run = runId == null ? null : runs.get(runId);
    if (run == null) {
      throw new IllegalStateException("A fact is told of the unknown run " + runId);
    }
    return run;
  }

  private static String startKey(String functionId, String eventId) {
    return functionId + "\n" + eventId;
  }

  // --- looking ---

  /** Whether an event of this id started a function within the last day. */
  boolean started(String functionId, String eventId, Instant now) {
    Instant last = starts.get(startKey(functionId, eventId));
    return last != null && !last.isBefore(now.minus(IDEMPOTENCY));
  }

  /** Retries that wait for an app to come back, in the order in which they began to. */
  List<WaitingRetry> waitingFor(String appName) {
    return refused.values().stream()
        .filter(waiting -> require(waiting.runId()).appName.equals(appName))
        .toList();
  }

  Optional<AppState> app(String name) {
    return Optional.ofNullable(apps.get(name));
  }

  Optional<AppState> lastApp() {
    return lastApp == null ? Optional.empty() : app(lastApp);
  }

  List<AppState> apps() {
    return List.copyOf(apps.values());
  }

  Optional<RunState> run(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** All runs, the newest first. */
  List<RunState> runsNewestFirst() {
    List<RunState> list = new ArrayList<>(runs.values());
    java.util.Collections.reverse(list);
    return list;
  }

  Optional<EventStore.Stored> event(String internalId) {
    return events.find(internalId);
  }

  /** All events, the newest first. */
  List<EventStore.Stored> eventsNewestFirst() {
    return events.newestFirst();
  }

  List<RunState> runsOf(String internalEventId) {
    return events.runsOf(internalEventId).stream().flatMap(id -> run(id).stream()).toList();
  }

  long revision() {
    return revision;
  }
}
