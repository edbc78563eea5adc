package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.devserver.engine.RunState.AttemptState;
import dev.vibecoder.inngest.devserver.engine.RunState.StepState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All apps, events and runs; changed by applying facts and by nothing else. Ended runs and events
 * beyond a number are forgotten, the oldest first.
 */
final class State {
  private final int retention;
  private final Map<String, AppState> apps = new LinkedHashMap<>();
  private final Map<String, RunState> runs = new LinkedHashMap<>();
  private final Map<String, StoredEvent> events = new LinkedHashMap<>();
  private final Map<String, List<String>> runsOfEvent = new LinkedHashMap<>();
  private final Deque<String> ended = new ArrayDeque<>();
  private final Map<String, Instant> starts = new LinkedHashMap<>();
  private @Nullable String lastApp;
  private long revision;

  State(int retention) {
    this.retention = retention;
  }

  /**
   * An event that was accepted.
   *
   * @param internalId the server's id of it
   * @param receivedAt when it came
   * @param event the event
   */
  record StoredEvent(String internalId, Instant receivedAt, JsonNode event) {}

  void apply(Fact fact) {
    revision++;
    if (fact instanceof Fact.AppSynced synced) {
      apps.put(
          synced.sync().appName(),
          new AppState(synced.url(), synced.sync(), synced.checksum(), synced.at()));
      lastApp = synced.sync().appName();
    } else if (fact instanceof Fact.EventReceived received) {
      events.put(
          received.internalId(),
          new StoredEvent(received.internalId(), received.at(), received.event()));
      forgetEvents();
    } else if (fact instanceof Fact.RunScheduled scheduled) {
      runs.put(scheduled.runId(), new RunState(scheduled));
      runsOfEvent
          .computeIfAbsent(scheduled.internalEventId(), id -> new ArrayList<>())
          .add(scheduled.runId());
      String start = startKey(scheduled.function().id(), scheduled.event().path("id").asText());
      starts.remove(start);
      starts.put(start, scheduled.at());
    } else {
      applyToRun(fact);
    }
  }

  private void applyToRun(Fact fact) {
    if (fact instanceof Fact.AttemptStarted started) {
      RunState run = require(started.runId());
      run.status = RunStatus.RUNNING;
      run.startedAt = run.startedAt == null ? started.at() : run.startedAt;
      run.open = new AttemptState(started.job().attempt(), started.at());
    } else if (fact instanceof Fact.AttemptFailed failed) {
      failed(require(failed.runId()), failed);
    } else if (fact instanceof Fact.StepRecorded recorded) {
      recorded(require(recorded.runId()), recorded);
    } else if (fact instanceof Fact.StepWaiting waiting) {
      StepState step = require(waiting.runId()).step(waiting.step());
      step.status = waiting.until() == null ? "planned" : "sleeping";
      step.startedAt = waiting.at();
      step.until = waiting.until();
    } else if (fact instanceof Fact.VersionPinned pinned) {
      require(pinned.runId()).version = pinned.version();
    } else if (fact instanceof Fact.RunEnded ended) {
      ended(require(ended.runId()), ended);
    }
  }

  private static AttemptState closed(RunState run, int number, Instant at) {
    AttemptState attempt = run.open == null ? new AttemptState(number, at) : run.open;
    attempt.endedAt = at;
    return attempt;
  }

  private static void failed(RunState run, Fact.AttemptFailed fact) {
    AttemptState attempt = closed(run, fact.job().attempt(), fact.at());
    attempt.error = fact.error();
    attempt.retryAt = fact.retryAt();
    if (fact.step() == null) {
      run.functionAttempts.add(attempt);
      return;
    }
    StepState step = run.step(fact.step());
    step.startedAt = step.startedAt == null ? attempt.startedAt : step.startedAt;
    step.status = fact.retryAt() == null ? "failed" : "retrying";
    step.attempts.add(attempt);
  }

  private static void recorded(RunState run, Fact.StepRecorded fact) {
    String hash = fact.step().hash();
    if (run.memos.putIfAbsent(hash, fact.memo()) == null) {
      run.stack.add(hash);
      run.memoBytes += fact.memo().toString().length();
    }
    run.pending.remove(hash);
    StepState step = run.step(fact.step());
    step.endedAt = fact.at();
    step.status = fact.failed() ? "failed" : "completed";
    if (fact.job() != null) {
      AttemptState attempt = closed(run, fact.job().attempt(), fact.at());
      step.startedAt = step.startedAt == null ? attempt.startedAt : step.startedAt;
      if (fact.failed()) {
        attempt.error = fact.memo().path("error");
      } else {
        attempt.output = fact.memo().path("data");
      }
      step.attempts.add(attempt);
    }
  }

  private void ended(RunState run, Fact.RunEnded fact) {
    run.status = fact.status();
    run.endedAt = fact.at();
    run.output = fact.output();
    run.waiting.values().forEach(Timers.Timer::cancel);
    run.waiting.clear();
    run.jobs.clear();
    run.pending.clear();
    ended.add(run.id);
    while (ended.size() > retention) {
      RunState forgotten = runs.remove(ended.poll());
      if (forgotten != null) {
        runsOfEvent.remove(forgotten.eventId);
      }
    }
  }

  private void forgetEvents() {
    while (events.size() > retention) {
      events.remove(events.keySet().iterator().next());
    }
  }

  private RunState require(String runId) {
    RunState run = runs.get(runId);
    if (run == null) {
      throw new IllegalStateException("A fact is told of the unknown run " + runId);
    }
    return run;
  }

  static String startKey(String functionId, String eventId) {
    return functionId + "\n" + eventId;
  }

  /**
   * When a function was started last by an event with an id; starts before a time are forgotten.
   */
  Optional<Instant> started(String functionId, String eventId, Instant forgetBefore) {
    // The oldest stand first, so that only what is forgotten is looked at.
    Iterator<Instant> oldest = starts.values().iterator();
    while (oldest.hasNext() && oldest.next().isBefore(forgetBefore)) {
      oldest.remove();
    }
    return Optional.ofNullable(starts.get(startKey(functionId, eventId)));
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

  Optional<StoredEvent> event(String internalId) {
    return Optional.ofNullable(events.get(internalId));
  }

  /** All events, the newest first. */
  List<StoredEvent> eventsNewestFirst() {
    List<StoredEvent> list = new ArrayList<>(events.values());
    java.util.Collections.reverse(list);
    return list;
  }

  List<RunState> runsOf(String internalEventId) {
    return runsOfEvent.getOrDefault(internalEventId, List.of()).stream()
        .flatMap(id -> run(id).stream())
        .toList();
  }

  long revision() {
    return revision;
  }
}
