package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.devserver.engine.Engine.EngineAccess;
import dev.vibecoder.inngest.devserver.engine.Fact.StepLabel;
import dev.vibecoder.inngest.protocol.DurationText;
import dev.vibecoder.inngest.protocol.Opcode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Carries out what an app reports in a 206 answer (protocol, server side, section 5). */
final class OperationHandler {
  private static final int MAX_OPERATIONS = 1_000;
  private static final int MAX_STEPS = 1_000;
  private static final int MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
  private static final long MAX_STATE_BYTES = 32L * 1024 * 1024;
  private static final int MAX_EMPTY_ANSWERS = 10;
  private static final Duration MAX_SLEEP = Duration.ofDays(366);
  private static final int MIN_DATE_LENGTH = 10;
  private static final Set<Opcode> PLANS = Set.of(Opcode.STEP_PLANNED, Opcode.SLEEP);

  private final EngineAccess engine;
  private final Scheduler scheduler;

  OperationHandler(EngineAccess engine, Scheduler scheduler) {
    this.engine = engine;
    this.scheduler = scheduler;
  }

  void handle(RunState run, Job job, Verdict.Reported answer) {
    if (run.version < 0) {
      engine.record(new Fact.VersionPinned(engine.now(), run.id, answer.version()));
    }
    List<Operation> operations =
        answer.operations().stream()
            .filter(operation -> operation.opcode() != Opcode.NONE)
            .toList();
    engine.record(
        new Fact.AnswerReported(
            engine.now(), run.id, job.id(), operations.size(), group(operations)));
    if (answer.operations().size() > MAX_OPERATIONS) {
      scheduler.fail(
          run,
          "InngestErrFunctionOverflowed",
          "The answer has more than " + MAX_OPERATIONS + " operations");
    } else if (operations.isEmpty()) {
      nothing(run, job);
    }
    for (Operation operation : operations) {
      if (!run.status.ended()) {
        handle(run, job, operation, answer);
      }
    }
  }

  private static List<String> group(List<Operation> operations) {
    boolean joins =
        operations.size() > 1
            && operations.stream().anyMatch(operation -> PLANS.contains(operation.opcode()));
    return joins ? operations.stream().map(Operation::hash).toList() : List.of();
  }

  /** The app asks to be called again; not for ever. */
  private void nothing(RunState run, Job job) {
    if (run.emptyAnswers > MAX_EMPTY_ANSWERS) {
      scheduler.fail(
          run,
          "NoProgress",
          "The app answered " + MAX_EMPTY_ANSWERS + " times in a row without any operation");
      return;
    }
    int last = run.stack.size();
    scheduler.discover(run, last == 0 ? job.id() : run.stack.get(last - 1), last);
  }

  private void handle(RunState run, Job job, Operation operation, Verdict.Reported answer) {
    StepLabel step = operation.step();
    switch (operation.opcode()) {
      case STEP_RUN -> ran(run, job, operation);
      case STEP_ERROR -> error(run, job, operation, answer);
      case STEP_FAILED -> record(run, job, ofRun(step), operation.memo());
      case STEP_PLANNED -> planned(run, step);
      case SLEEP -> sleep(run, step, operation.until());
      case RUN_COMPLETE -> scheduler.end(run, RunStatus.COMPLETED, operation.memo().value(), null);
      case DISCOVERY_REQUEST -> scheduler.discover(run, step.hash(), place(run, step.hash()));
      default ->
          scheduler.fail(
              run,
              "UnsupportedOperation",
              "The operation "
                  + operation.opcode().wireName()
                  + " of step \""
                  + step.name()
                  + "\" is not supported by this version of the dev server");
    }
  }

  private void ran(RunState run, Job job, Operation operation) {
    if (operation.memo().value().size() > MAX_OUTPUT_BYTES) {
      scheduler.failed(
          run,
          job,
          null,
          Verdict.Failed.of(
              "output_too_large",
              "OutputTooLarge",
              "The result of step \""
                  + operation.step().name()
                  + "\" has more than "
                  + MAX_OUTPUT_BYTES
                  + " bytes"));
      return;
    }
    record(run, job, operation.step(), operation.memo());
  }

  private void error(RunState run, Job job, Operation operation, Verdict.Reported answer) {
    if (scheduler.isLast(run, job, answer.noRetry())) {
      record(run, job, ofRun(operation.step()), operation.memo());
      return;
    }
    scheduler.failed(
        run,
        job,
        operation.step(),
        new Verdict.Failed(operation.error(), operation.error(), false, answer.retryAt(), false));
  }

  private static StepLabel ofRun(StepLabel step) {
    return new StepLabel(step.hash(), step.name(), Opcode.STEP_RUN.wireName());
  }

  /** A step ended, well or for good: from now on it is remembered. */
  private void record(RunState run, Job job, StepLabel step, Memo memo) {
    engine.record(new Fact.StepRecorded(engine.now(), run.id, job, step, memo));
    if (run.stack.size() >= MAX_STEPS) {
      scheduler.fail(
          run, "InngestErrFunctionOverflowed", "The run has " + MAX_STEPS + " steps or more");
    } else if (run.memoBytes > MAX_STATE_BYTES) {
      scheduler.fail(
          run,
          "InngestErrStateOverflowed",
          "The run remembers more than " + MAX_STATE_BYTES + " bytes");
    } else {
      continueAfter(run, step.hash(), true);
    }
  }

  /** Asks for whatever comes next, unless other steps of the group are still under way. */
  void continueAfter(RunState run, String hash, boolean joinFirst) {
    if (!run.pending.isEmpty()) {
      return;
    }
    if (joinFirst) {
      join(run);
    }
    scheduler.discover(run, hash, place(run, hash));
    // A sleep that ends last makes the call itself, before planning is over.
    join(run);
  }

  private void join(RunState run) {
    if (run.planOnly) {
      engine.record(new Fact.GroupJoined(engine.now(), run.id));
    }
  }

  /** 1 and the place of a remembered step, else 0; most often it is the last one. */
  private static int place(RunState run, String hash) {
    int place = run.stack.size();
    while (place > 0 && !run.stack.get(place - 1).equals(hash)) {
      place--;
    }
    return place;
  }

  private void planned(RunState run, StepLabel step) {
    if (!run.remembers(step.hash()) && !run.targets.contains(step.hash())) {
      engine.record(new Fact.StepWaiting(engine.now(), run.id, ofRun(step), null));
      scheduler.target(run, step.hash());
    }
  }

  private void sleep(RunState run, StepLabel step, String text) {
    if (run.remembers(step.hash()) || run.sleeps(step.hash())) {
      return;
    }
    Instant now = engine.now();
    Optional<Instant> until = until(text, now);
    if (until.isEmpty()) {
      scheduler.fail(
          run,
          "InvalidSleep",
          "Step \""
              + step.name()
              + "\" sleeps for \""
              + text
              + "\", which is neither a duration nor a time");
      return;
    }
    if (until.get().isAfter(now.plus(MAX_SLEEP))) {
      scheduler.fail(
          run,
          "InngestErrTimeoutTooLong",
          "Step \"" + step.name() + "\" sleeps longer than 366 days");
      return;
    }
    engine.record(new Fact.StepWaiting(now, run.id, step, until.get()));
    scheduler.timer(run, step.hash(), until.get(), () -> scheduler.wakeUp(run, step));
  }

  private static Optional<Instant> until(String text, Instant now) {
    if (text.isEmpty()) {
      return Optional.of(now);
    }
    if (text.length() >= MIN_DATE_LENGTH) {
      try {
        Instant time = OffsetDateTime.parse(text).toInstant();
        return Optional.of(time.isBefore(now) ? now : time);
      } catch (DateTimeException noDate) {
        // Long durations have ten characters and more as well.
      }
    }
    return DurationText.parse(text)
        .map(duration -> duration.isNegative() ? now : now.plus(duration));
  }
}
