package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.internal.execution.CallOutcome.FoundStep;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.internal.wire.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function: gives back what is remembered of its steps, runs or reports those that
 * are new, and leaves the function, or the branch, there.
 *
 * <p>Bound to the thread that executes the call. Once a branch is left, it rethrows the interrupt
 * at every further step and records nothing more, whatever the function does with it.
 */
public final class Run {
  /** With a thousand the server fails the run after the last one. */
  static final int MAX_OPERATIONS = 999;

  private final CallRequest request;
  private final @Nullable String target;
  private final RunContext context;
  private final RunServices services;
  private final StepMemory memory;
  private final Attempts attempts;
  private final StepBodies bodies;
  private final Thread thread = Thread.currentThread();
  private final Progress progress = new Progress();
  private final Report report = new Report();
  private final Groups groups = new Groups(this, progress, report);
  private final Sagas sagas = new Sagas(this);
  private int reserved;
  private final Steps steps = new DurableSteps(this, groups, sagas);
  private final WrittenLines written;
  private @Nullable HeldLines held;
  private boolean replayed;
  private boolean closed;

  Run(
      FunctionDefinition function,
      CallRequest request,
      @Nullable String target,
      RunContext context,
      StepMemory memory,
      RunServices services,
      WrittenLines written) {
    this.request = request;
    this.written = written;
    this.target = target;
    this.context = context;
    this.memory = memory;
    this.services = services;
    this.attempts = new Attempts(function, request.attempt(), request.maxAttempts());
    this.bodies = new StepBodies(context, services, attempts);
  }

  /** A step that was known before the run. */
  public <T extends @Nullable Object> T call(
      StepDefinition<T> definition, @Nullable Object key, Callable<? extends T> body) {
    Frame frame = enter(definition.id());
    StepIdentity step;
    if (key == null) {
      step = frame.next(definition.id(), definition.formerly());
    } else {
      String suffix = "[" + StepKeyText.of(key, definition.id()) + "]";
      List<String> former = new ArrayList<>(definition.formerly().size());
      for (String formerId : definition.formerly()) {
        former.add(formerId + suffix);
      }
      step = frame.next(definition.id() + suffix, former);
    }
    String name =
        definition.displayName().equals(definition.id())
            ? step.localId()
            : definition.displayName();
    return run(
        frame, step, name, StepForm.CODE, new StepWork<>(definition, definition.result(), body));
  }

  /** Runs the nodes of a graph. */
  public void graph(List<GraphNode> nodes) throws Exception {
    groups.graph(nodes);
  }

  // --- what the executor and the classes around ask ---

  Steps steps() {
    return steps;
  }

  RunContext context() {
    return context;
  }

  RunServices services() {
    return services;
  }

  StepMemory memory() {
    return memory;
  }

  Report report() {
    return report;
  }

  Attempts attempts() {
    return attempts;
  }

  @Nullable StepContext executing() {
    return bodies.running();
  }

  /**
   * Whether the code that runs now repeats what it did in an earlier call. Who asks for a step has
   * seen all code before it and beside it.
   */
  boolean isReplaying() {
    if (bodies.running() != null) {
      return false;
    }
    return target != null || !(replayed || memory.isAllClaimed());
  }

  /** Whether nothing is logged now, because an earlier call has logged it. */
  boolean isSilent() {
    return isReplaying() && !holdsLines();
  }

  /** Of a branch it is known at its next step only whether it repeats. */
  private boolean holdsLines() {
    return target == null && bodies.running() == null && progress.group() != null;
  }

  /** Writes a line now or, in a branch of a group, when it is known to be new. */
  void log(Runnable line) {
    if (holdsLines()) {
      if (held == null) {
        held = new HeldLines(context.runId() + "@" + request.attempt(), written);
      }
      held.add(progress.frame(), line);
    } else {
      if (held != null && bodies.running() == null) {
        held.writeAll();
      }
      line.run();
    }
  }

  /** A branch has ended, and its group too. */
  void joined(Frame branch, Frame parent) {
    if (held != null) {
      held.joined(branch, parent);
    }
  }

  /** New code runs from now on. */
  void endReplay() {
    replayed = true;
    if (context.hooks() != null) {
      context.hooks().endMemoization();
    }
  }

  void close() {
    closed = true;
    if (held != null) {
      held.writeAll();
    }
    memory.close();
  }

  /** What was reported when the function was left, or null if it was not left. */
  @Nullable CallOutcome leftWith() {
    if (!progress.frame().blocked()) {
      return null;
    }
    CallOutcome reported = report.outcome();
    if (reported != null) {
      return reported;
    }
    if (target == null && report.gaveUp() == null) {
      throw new IllegalStateException("The function was left with nothing to report");
    }
    return notFound();
  }

  /** What a branch threw that has to be told instead of what was reported, or null. */
  @Nullable Throwable inTheWay() {
    if (report.isAnswered()) {
      return null;
    }
    if (context.hooks() != null && context.hooks().failure() != null) {
      return context.hooks().failure();
    }
    return target == null ? report.gaveUp() : report.branchFailure();
  }

  /** The answer to a target that the function does not reach; null if nothing special was asked. */
  @Nullable CallOutcome missedTarget() {
    return target == null ? null : notFound();
  }

  private CallOutcome notFound() {
    return new CallOutcome.TargetNotFound(String.valueOf(target), report.found());
  }

  // --- one step ---

  /**
   * Checks that a step may be called here and now.
   *
   * @return the branch it belongs to
   */
  Frame enter(String id) {
    if (Thread.currentThread() != thread) {
      throw new StepUsageException(
          "Step \""
              + id
              + "\" was called on the thread \""
              + Thread.currentThread().getName()
              + "\", but its run is executed on \""
              + thread.getName()
              + "\". Steps are called on the thread that runs the function.");
    }
    if (closed) {
      throw new StepUsageException(
          "Step \"" + id + "\" was called after the function had ended. Steps must not be kept.");
    }
    StepContext outer = bodies.running();
    if (outer != null) {
      throw new StepUsageException(
          "Step \""
              + id
              + "\" was called inside the step \""
              + outer.stepId()
              + "\". A step cannot contain steps: call them one after the other, or move the shared"
              + " code to a plain method.");
    }
    Frame frame = progress.frame();
    if (frame.blocked()) {
      throw StepInterrupt.INSTANCE;
    }
    return frame;
  }

  /** A step that runs here, with an id that was written by hand or made. */
  <T extends @Nullable Object> T run(
      String id, StepForm form, @Nullable TypeRef<?> result, Callable<? extends T> body) {
    Frame frame = enter(id);
    StepIdentity step = frame.next(id, List.of());
    return run(frame, step, step.localId(), form, new StepWork<>(null, result, body));
  }

  /** A step that runs here. */
  <T extends @Nullable Object> T run(
      Frame frame, StepIdentity step, String displayName, StepForm form, StepWork<T> work) {
    if (context.hooks() == null) {
      return run(frame, step, displayName, form, work, null);
    }
    StepHooks hooks =
        StepHooks.of(context, attempts, step, displayName, form.kind(), work.definition());
    return StepHooks.<T>around(hooks, () -> run(frame, step, displayName, form, work, hooks));
  }

  private <T extends @Nullable Object> T run(
      Frame frame,
      StepIdentity step,
      String displayName,
      StepForm form,
      StepWork<T> work,
      @Nullable StepHooks hooks) {
    int wave = frame.nextWave();
    Memo memo = find(frame, step);
    if (memo != null && !isWanted(step)) {
      came(frame, step);
      return memory.give(step, read(memo, hooks), work.result(), work.declared());
    }
    ReportedStep reported = new ReportedStep(step, hash(step), displayName, form);
    if (memo != null) {
      came(frame, step);
      report.answer(reported.remembered(memo), progress, wave);
    } else if (isWanted(step)) {
      report.answer(ended(run(reported, work, hooks)), progress, wave);
    } else if (target != null) {
      found(reported);
    } else if (!frame.undoing()) {
      requireRoom(frame, step);
      boolean atOnce = progress.runsAtOnce() && !request.planOnly() && !work.hasOwnAttempts();
      report.add(atOnce ? ended(run(reported, work, hooks)) : reported.open(), progress, wave);
    }
    if (memo == null && frame.undoing() && !isWanted(step)) {
      frame.backTo(wave);
    }
    throw leave(frame);
  }

  /**
   * A step that the server does, or ends.
   *
   * @param form made only if the step is not done
   * @return what is remembered of it
   */
  Memo await(
      StepIdentity step,
      Frame frame,
      Function<StepIdentity, StepForm> form,
      @Nullable StepHooks hooks) {
    int wave = frame.nextWave();
    Memo memo = find(frame, step);
    boolean never = memo == null && frame.undoing() && !isWanted(step);
    GroupMode group = progress.group();
    if (never) {
      frame.backTo(wave);
    } else if (group != null) {
      group.raceFrom(wave);
    }
    if (memo != null && !isWanted(step)) {
      came(frame, step);
      return read(memo, hooks);
    }
    if (memo == null && target == null) {
      if (never) {
        throw leave(frame);
      }
      requireRoom(frame, step);
    }
    StepForm made = form.apply(step);
    if (hooks != null && memo == null && (target == null || isWanted(step))) {
      made = hooks.write(made);
    }
    ReportedStep reported = new ReportedStep(step, hash(step), step.localId(), made);
    if (memo != null) {
      came(frame, step);
      report.answer(reported.remembered(memo), progress, wave);
    } else if (isWanted(step)) {
      report.answer(reported.open(), progress, wave);
    } else if (target != null) {
      found(reported);
    } else {
      report.add(reported.open(), progress, wave);
    }
    throw leave(frame);
  }

  /** What is remembered of a step that is done, or null; what was logged before it is decided. */
  private @Nullable Memo find(Frame frame, StepIdentity step) {
    Memo memo = memory.find(step);
    if (held != null) {
      if (memo == null) {
        held.write(frame);
      } else {
        held.drop(frame);
      }
    }
    return memo;
  }

  /** What is remembered of a step, and the end of the replay if that was the last. */
  private Memo read(Memo memo, @Nullable StepHooks hooks) {
    if (hooks == null) {
      return memo;
    }
    Memo read = hooks.read(memo);
    if (target == null && memory.isAllClaimed()) {
      endReplay();
    }
    return read;
  }

  private StepBodies.Ended run(ReportedStep step, StepWork<?> work, @Nullable StepHooks hooks) {
    endReplay();
    return bodies.run(step, work, input(step.step()), hooks);
  }

  private Operation ended(StepBodies.Ended ended) {
    report.retry(ended.noRetry(), ended.retryAfter());
    return ended.operation();
  }

  /** What a person gave the step when the run was started again from there. */
  List<JsonNode> input(StepIdentity step) {
    return memory.input(step);
  }

  private void came(Frame frame, StepIdentity step) {
    if (progress.inRace()) {
      frame.reached(memory.position(step, request));
    }
  }

  private void found(ReportedStep step) {
    report.found(new FoundStep(step.hash(), step.step().id(), step.displayName()));
  }

  /** Whether a step was asked for. */
  boolean isWanted(StepIdentity step) {
    return target != null && (step.hash().equals(target) || memory.isFormer(step, target));
  }

  /** The server knows a step by the hash it was reported with, be it by code of yesterday. */
  private String hash(StepIdentity step) {
    return target != null && memory.isFormer(step, target) ? target : step.hash();
  }

  private StepInterrupt leave(Frame frame) {
    frame.block();
    return StepInterrupt.INSTANCE;
  }

  /** A server that remembers more operations than it takes by default takes more. */
  private boolean isLimited() {
    return memory.size() <= MAX_OPERATIONS;
  }

  /** Keeps room for operations that may have to come, or gives it back. */
  void reserve(int operations) {
    reserved += operations;
  }

  private void requireRoom(Frame frame, StepIdentity step) {
    int others = reserved + report.room() - report.size() + (frame.isUndoable() ? 1 : 0);
    int number = memory.size() + report.size() + 1;
    if (isLimited() && number + others > MAX_OPERATIONS) {
      throw new StepUsageException(
          "Step \""
              + step.id()
              + "\" would be the run's operation number "
              + number
              + (others == 0 ? "" : ", and " + others + " more may be needed to undo its sagas")
              + "; the server takes "
              + MAX_OPERATIONS
              + ". Put a part of the work in functions of its own and invoke them.");
    }
  }

  /** Refuses a group of which not even the first steps have room. */
  void requireRoom(Frame frame, int branches) {
    int before = frame.operationsBefore();
    int undos = frame.isUndoable() ? branches : 0;
    if (isLimited() && before + branches + undos > MAX_OPERATIONS) {
      throw new StepUsageException(
          "A group of "
              + branches
              + " branches after "
              + before
              + (undos == 0 ? " operations" : " operations, each of which may have to be undone,")
              + " would exceed the "
              + MAX_OPERATIONS
              + " operations of a run. Put a part of the work in functions of its own and invoke"
              + " them.");
    }
  }
}
