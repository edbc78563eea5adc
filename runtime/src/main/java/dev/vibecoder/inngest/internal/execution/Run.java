package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.FunctionContext;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.StepDefinition.DeclaredException;
import dev.vibecoder.inngest.internal.execution.CallOutcome.FoundStep;
import dev.vibecoder.inngest.internal.json.EventWriter;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.internal.wire.Operation;
import dev.vibecoder.inngest.protocol.DurationText;
import dev.vibecoder.inngest.protocol.ErrorObject;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.protocol.Opcode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function: gives back what is remembered of its steps, runs or reports the first one
 * that is new, and leaves the function there.
 *
 * <p>Bound to the thread that executes the call. Once left, the call rethrows the interrupt at
 * every further step and records nothing more, whatever the function does with it.
 */
public final class Run implements Steps {
  private static final Duration MAX_SLEEP = Duration.ofDays(366);
  // The server rounds the remaining time to whole seconds, so it may wake half a second early.
  private static final Duration WAKE_ERROR = Duration.ofMillis(500);
  private static final int MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
  private static final String SEND_NAME = "sendEvent";
  private static final String SEND_TYPE = "step.sendEvent";
  private static final TypeRef<SendResult> SEND_RESULT = TypeRef.of(SendResult.class);

  private final CallRequest request;
  private final @Nullable String target;
  private final RunContext context;
  private final EventSink events;
  private final Clock clock;
  private final Thread thread = Thread.currentThread();
  private final StepIdentity.Counter identities = new StepIdentity.Counter();
  private final IdentityHashMap<Throwable, ErrorObject> remembered = new IdentityHashMap<>(1);
  private final List<Operation> operations = new ArrayList<>(1);
  private final List<FoundStep> found = new ArrayList<>(1);

  private @Nullable StepInterrupt interrupt;
  private @Nullable StepContext executing;
  private @Nullable Boolean noRetry;
  private @Nullable String retryAfter;
  private boolean closed;
  private final Set<String> claimed = new HashSet<>();

  Run(
      CallRequest request,
      @Nullable String target,
      RunContext context,
      EventSink events,
      Clock clock) {
    this.request = request;
    this.target = target;
    this.context = context;
    this.events = events;
    this.clock = clock;
  }

  // --- what functions call ---

  @Override
  public <T> T run(String id, Class<T> type, Callable<? extends T> body) {
    return run(id, TypeRef.of(type), body);
  }

  @Override
  public <T> T run(String id, TypeRef<T> type, Callable<? extends T> body) {
    enter(id);
    StepIdentity step = identities.next(StepIdentity.require(id));
    return this.<T>step(step, id, type, List.of(), null, body);
  }

  @Override
  public void run(String id, Action body) {
    enter(id);
    StepIdentity step = identities.next(StepIdentity.require(id));
    this.<@Nullable Void>step(
        step,
        id,
        null,
        List.of(),
        null,
        () -> {
          body.run();
          return null;
        });
  }

  /** A step that was known before the run. */
  public <T extends @Nullable Object> T call(
      StepDefinition<T> definition, Callable<? extends T> body) {
    enter(definition.id());
    StepIdentity step = identities.next(definition.id(), definition.hash());
    return this.<T>step(
        step, definition.displayName(), definition.result(), definition.declared(), null, body);
  }

  @Override
  public void sleep(Duration duration) {
    sleep("sleep", duration);
  }

  @Override
  public void sleep(String id, Duration duration) {
    enter(id);
    StepIdentity step = identities.next(StepIdentity.require(id));
    requireSleep(id, duration);
    sleepStep(step, DurationText.format(duration));
  }

  @Override
  public void sleepUntil(Instant time) {
    sleepUntil("sleep", time);
  }

  @Override
  public void sleepUntil(String id, Instant time) {
    enter(id);
    StepIdentity step = identities.next(StepIdentity.require(id));
    requireSleep(id, Duration.between(clock.instant(), time));
    // Years that have no four digits are no date to the server, and the run would hang.
    Instant dated = time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    sleepStep(step, dated.plus(WAKE_ERROR).truncatedTo(ChronoUnit.MILLIS).toString());
  }

  @Override
  public SendResult send(Event<?> event) {
    return send("send-" + StepIdentity.encode(event.name()), event);
  }

  @Override
  public SendResult send(String id, Event<?> event) {
    return send(id, List.of(event));
  }

  @Override
  public SendResult send(String id, Collection<? extends Event<?>> batch) {
    enter(id);
    StepIdentity step = identities.next(StepIdentity.require(id));
    return this.<SendResult>step(
        step, id, SEND_RESULT, List.of(), SEND_TYPE, () -> events.send(envelopes(step, batch)));
  }

  @Override
  public FunctionContext context() {
    return context;
  }

  // --- what the executor asks ---

  @Nullable StepContext executing() {
    return executing;
  }

  void close() {
    closed = true;
  }

  /** What was reported when the function was left, or null if it was not left. */
  @Nullable CallOutcome leftWith() {
    if (interrupt == null) {
      return null;
    }
    return operations.isEmpty()
        ? notFound()
        : new CallOutcome.Reported(operations, noRetry, retryAfter);
  }

  /** The answer to a target that the function does not reach; null if nothing special was asked. */
  @Nullable CallOutcome missedTarget() {
    return target == null ? null : notFound();
  }

  private CallOutcome notFound() {
    return new CallOutcome.TargetNotFound(String.valueOf(target), found);
  }

  /** The hashes of the steps that are remembered and that the function did not come by. */
  Set<String> unclaimed() {
    if (claimed.size() == request.memos().size()) {
      return Set.of();
    }
    Set<String> unclaimed = new TreeSet<>(request.memos().keySet());
    unclaimed.removeAll(claimed);
    return unclaimed;
  }

  /** What was recorded of the step whose failure a throwable is, or null. */
  @Nullable ErrorObject recorded(Throwable thrown) {
    return remembered.get(thrown);
  }

  /** Whether a throwable is, or is caused by, the remembered failure of a step. */
  boolean isRemembered(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 50; depth++) {
      if (remembered.containsKey(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  // --- one step ---

  private void enter(String id) {
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
    if (interrupt != null) {
      throw interrupt;
    }
    StepContext outer = executing;
    if (outer != null) {
      throw new StepUsageException(
          "Step \""
              + id
              + "\" was called inside the step \""
              + outer.stepId()
              + "\". A step cannot contain steps: call them one after the other, or move the shared"
              + " code to a plain method.");
    }
  }

  private <T extends @Nullable Object> T step(
      StepIdentity step,
      String displayName,
      @Nullable TypeRef<?> result,
      List<DeclaredException<?>> declared,
      @Nullable String type,
      Callable<? extends T> body) {
    Memo memo = memo(step);
    if (memo != null) {
      if (step.hash().equals(target)) {
        throw leave(remembered(step, displayName, type, memo));
      }
      return give(step, memo, result, declared);
    }
    if (target != null && !target.equals(step.hash())) {
      throw pass(step, displayName);
    }
    if (target == null && request.planOnly()) {
      throw leave(operation(Opcode.STEP_PLANNED, step, displayName, type, null, null, 0, 0));
    }
    throw execute(step, displayName, result != null, declared, type, body);
  }

  private @Nullable Memo memo(StepIdentity step) {
    Memo memo = request.memos().get(step.hash());
    if (memo == null || !memo.fulfilled()) {
      return null;
    }
    claimed.add(step.hash());
    return memo;
  }

  private StepInterrupt execute(
      StepIdentity step,
      String displayName,
      boolean hasResult,
      List<DeclaredException<?>> declared,
      @Nullable String type,
      Callable<?> body) {
    executing =
        new StepContext(context.runId(), step.id(), request.attempt(), request.maxAttempts());
    long started = nanosSinceEpoch();
    long from = System.nanoTime();
    try {
      Object value = body.call();
      byte[] data =
          Json.write(hasResult ? value : null, "the result of step \"" + step.id() + "\"");
      requireSize(step, data);
      long took = System.nanoTime() - from;
      return leave(operation(Opcode.STEP_RUN, step, displayName, type, data, null, started, took));
    } catch (Throwable thrown) {
      // Errors too: the server must learn of them, or the step would be tried in the dark.
      long took = System.nanoTime() - from;
      boolean last = ThrownError.isFinal(thrown) || isLastAttempt();
      noRetry = last;
      retryAfter = last ? null : ThrownError.retryAfter(thrown);
      return leave(
          operation(
              last ? Opcode.STEP_FAILED : Opcode.STEP_ERROR,
              step,
              displayName,
              type,
              null,
              ThrownError.write(thrown, declared),
              started,
              took));
    } finally {
      executing = null;
    }
  }

  boolean isLastAttempt() {
    return request.maxAttempts() > 0 && request.attempt() + 1 >= request.maxAttempts();
  }

  private static void requireSize(StepIdentity step, byte[] data) {
    if (data.length > MAX_OUTPUT_BYTES) {
      throw new NonRetriableException(
          "The result of step \""
              + step.id()
              + "\" has "
              + data.length
              + " bytes; the server takes "
              + MAX_OUTPUT_BYTES
              + ". Store it elsewhere and return a reference to it.");
    }
  }

  // The result was written by the same step, whose type is T.
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private <T extends @Nullable Object> T give(
      StepIdentity step,
      Memo memo,
      @Nullable TypeRef<?> result,
      List<DeclaredException<?>> declared) {
    if (memo.kind() == Memo.Kind.ERROR) {
      throw ThrownError.<RuntimeException>sneak(failure(step, memo, declared));
    }
    if (result == null) {
      return (T) null;
    }
    try {
      return (T) memo.read(result);
    } catch (IOException e) {
      throw new NonRetriableException(
          "The recorded result of step \""
              + step.id()
              + "\" is no "
              + result
              + ". Was the type changed while the run was under way? "
              + (e instanceof com.fasterxml.jackson.core.JsonProcessingException json
                  ? json.getOriginalMessage()
                  : e.getMessage()),
          e);
    }
  }

  private Throwable failure(StepIdentity step, Memo memo, List<DeclaredException<?>> declared) {
    ErrorObject error;
    try {
      error = ErrorObject.read(memo.tree());
    } catch (IOException e) {
      throw new NonRetriableException(
          "The recorded error of step \"" + step.id() + "\" cannot be read: " + e.getMessage(), e);
    }
    if (error.name() == null || error.message() == null) {
      error =
          new ErrorObject(
              Objects.requireNonNullElse(error.name(), "Error"),
              Objects.requireNonNullElse(error.message(), "Unknown error"),
              error.stack(),
              error.cause(),
              error.noRetry());
    }
    Throwable failure = RememberedFailure.of(step.id(), error, declared);
    remembered.put(failure, error);
    return failure;
  }

  private void sleepStep(StepIdentity step, String until) {
    if (memo(step) != null) {
      return;
    }
    if (target != null) {
      throw pass(step, step.id());
    }
    throw leave(
        new Operation(
            Opcode.SLEEP,
            step.hash(),
            until,
            step.rawId(),
            step.rawId(),
            step.index(),
            null,
            null,
            null,
            0,
            0));
  }

  private static void requireSleep(String id, Duration duration) {
    if (duration.compareTo(MAX_SLEEP) > 0) {
      throw new StepUsageException(
          "Step \"" + id + "\" would sleep longer than 366 days, which the server refuses.");
    }
  }

  private List<EventEnvelope> envelopes(StepIdentity step, Collection<? extends Event<?>> batch) {
    List<EventEnvelope> envelopes = new ArrayList<>(batch.size());
    for (Event<?> event : batch) {
      String id = context.runId() + "-" + step.hash() + "-" + envelopes.size();
      envelopes.add(EventWriter.envelope(event, id));
    }
    return envelopes;
  }

  // --- leaving ---

  private StepInterrupt leave(Operation operation) {
    operations.add(operation);
    return interrupted();
  }

  /** Leaves at a step that was not asked for; it is not reported. */
  private StepInterrupt pass(StepIdentity step, String displayName) {
    found.add(new FoundStep(step.hash(), step.id(), displayName));
    return interrupted();
  }

  private StepInterrupt interrupted() {
    StepInterrupt thrown = new StepInterrupt();
    interrupt = thrown;
    return thrown;
  }

  /** A step that was asked for although it is done: answered with what is remembered. */
  private Operation remembered(
      StepIdentity step, String displayName, @Nullable String type, Memo memo) {
    try {
      JsonNode tree = memo.tree();
      return memo.kind() == Memo.Kind.ERROR
          ? operation(Opcode.STEP_FAILED, step, displayName, type, null, tree, 0, 0)
          : operation(Opcode.STEP_RUN, step, displayName, type, Json.encode(tree), null, 0, 0);
    } catch (IOException e) {
      throw new NonRetriableException(
          "The recorded result of step \"" + step.id() + "\" cannot be read: " + e.getMessage(), e);
    }
  }

  private static Operation operation(
      Opcode opcode,
      StepIdentity step,
      String displayName,
      @Nullable String type,
      byte @Nullable [] data,
      @Nullable JsonNode error,
      long started,
      long took) {
    return new Operation(
        opcode,
        step.hash(),
        type == null ? step.rawId() : SEND_NAME,
        displayName,
        step.rawId(),
        step.index(),
        type,
        data,
        error,
        started,
        took);
  }

  private long nanosSinceEpoch() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
