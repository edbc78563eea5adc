package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    if (answer.operations().size() > MAX_OPERATIONS) {
      scheduler.fail(
          run,
          "InngestErrFunctionOverflowed",
          "The answer has more than " + MAX_OPERATIONS + " operations");
      return;
    }
    List<JsonNode> operations =
        answer.operations().stream().filter(operation -> opcode(operation) != Opcode.NONE).toList();
    if (operations.isEmpty()) {
      nothing(run, job);
      return;
    }
    run.emptyAnswers = 0;
    prepare(run, operations);
    for (JsonNode operation : operations) {
      if (!run.status.ended()) {
        handle(run, job, operation, answer);
      }
    }
  }

  private void prepare(RunState run, List<JsonNode> operations) {
    if (operations.size() > 1) {
      run.planOnly = true;
      if (operations.stream().anyMatch(operation -> PLANS.contains(opcode(operation)))) {
        run.pending.clear();
        operations.stream()
            .map(operation -> operation.path("id").asText())
            .filter(hash -> !run.memos.containsKey(hash))
            .forEach(run.pending::add);
      }
    }
  }

  /** The app asks to be called again; not for ever. */
  private void nothing(RunState run, Job job) {
    if (++run.emptyAnswers > MAX_EMPTY_ANSWERS) {
      scheduler.fail(
          run,
          "NoProgress",
          "The app answered " + MAX_EMPTY_ANSWERS + " times in a row without any operation");
      return;
    }
    scheduler.discover(run, run.stack.isEmpty() ? job.id() : run.stack.get(run.stack.size() - 1));
  }

  private static Opcode opcode(JsonNode operation) {
    return Opcode.ofWireName(operation.path("op").asText()).orElse(Opcode.NONE);
  }

  private void handle(RunState run, Job job, JsonNode operation, Verdict.Reported answer) {
    Opcode opcode = opcode(operation);
    String hash = operation.path("id").asText();
    String name = operation.path("displayName").asText(operation.path("name").asText());
    StepLabel step = new StepLabel(hash, name, opcode.wireName());
    switch (opcode) {
      case STEP_RUN -> ran(run, job, step, operation.path("data"));
      case STEP_ERROR ->
          scheduler.failed(
              run,
              job,
              step,
              new Verdict.Failed(
                  "StepError", operation.path("error"), answer.noRetry(), answer.retryAt(), false));
      case STEP_FAILED -> recordFailure(run, job, step, operation.path("error"));
      case STEP_PLANNED -> planned(run, step);
      case SLEEP -> sleep(run, step, operation);
      case RUN_COMPLETE ->
          scheduler.end(run, RunStatus.COMPLETED, present(operation.path("data")), null);
      case DISCOVERY_REQUEST -> scheduler.discover(run, hash);
      default ->
          scheduler.fail(
              run,
              "UnsupportedOperation",
              "The operation "
                  + opcode.wireName()
                  + " of step \""
                  + name
                  + "\" is not supported by this version of the dev server");
    }
  }

  private void ran(RunState run, Job job, StepLabel step, JsonNode data) {
    JsonNode output = present(data);
    int size = EngineJson.write(output).length;
    if (size > MAX_OUTPUT_BYTES) {
      scheduler.failed(
          run,
          job,
          null,
          AnswerReader.failed(
              "output_too_large",
              "OutputTooLarge",
              "The result of step \""
                  + step.name()
                  + "\" has more than "
                  + MAX_OUTPUT_BYTES
                  + " bytes",
              false,
              null,
              false));
      return;
    }
    ObjectNode memo = JsonNodeFactory.instance.objectNode();
    memo.set("data", output);
    record(run, job, step, memo, false);
  }

  private static JsonNode present(JsonNode data) {
    return data.isMissingNode() ? NullNode.getInstance() : data;
  }

  /** A step failed for good: from now on its call throws. */
  void recordFailure(RunState run, Job job, StepLabel step, JsonNode error) {
    ObjectNode memo = JsonNodeFactory.instance.objectNode();
    if (error.isObject()) {
      ObjectNode kept = memo.putObject("error");
      for (String key : List.of("name", "message", "stack", "cause", "data")) {
        if (error.has(key)) {
          kept.set(key, error.get(key));
        }
      }
    } else {
      memo.putNull("error");
    }
    record(
        run, job, new StepLabel(step.hash(), step.name(), Opcode.STEP_RUN.wireName()), memo, true);
  }

  private void record(RunState run, Job job, StepLabel step, ObjectNode memo, boolean failed) {
    engine.record(new Fact.StepRecorded(engine.now(), run.id, job, step, memo, failed));
    if (run.memos.size() >= MAX_STEPS) {
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
  void continueAfter(RunState run, String hash, boolean resetFirst) {
    run.pending.remove(hash);
    if (!run.pending.isEmpty()) {
      return;
    }
    if (resetFirst) {
      run.planOnly = false;
    }
    scheduler.discover(run, hash);
    // A sleep that ends last makes the call itself, before planning is over.
    run.planOnly = false;
  }

  private void planned(RunState run, StepLabel step) {
    StepLabel runs = new StepLabel(step.hash(), step.name(), Opcode.STEP_RUN.wireName());
    if (!run.memos.containsKey(step.hash()) && !run.jobs.contains(step.hash())) {
      engine.record(new Fact.StepWaiting(engine.now(), run.id, runs, null));
      scheduler.target(run, step.hash());
    }
  }

  private void sleep(RunState run, StepLabel step, JsonNode operation) {
    if (run.memos.containsKey(step.hash()) || run.waiting.containsKey(step.hash())) {
      return;
    }
    String text = operation.path("opts").path("duration").asText(operation.path("name").asText(""));
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
    run.waiting.put(step.hash(), engine.at(until.get(), () -> scheduler.wakeUp(run, step)));
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
