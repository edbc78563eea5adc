package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.Ai;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FetchRequest;
import dev.vibecoder.inngest.FetchResponse;
import dev.vibecoder.inngest.FunctionContext;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.Signal;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.StepGroups;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Undo;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.StepDefinition.DeclaredException;
import dev.vibecoder.inngest.internal.execution.CallOutcome.FoundStep;
import dev.vibecoder.inngest.internal.execution.ReportedStep.Timing;
import dev.vibecoder.inngest.internal.json.EventWriter;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.internal.wire.Memo;
import dev.vibecoder.inngest.internal.wire.Operation;
import dev.vibecoder.inngest.protocol.DurationText;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a function: gives back what is remembered of its steps, runs or reports the first one
 * that is new, and leaves the function there.
 *
 * <p>Bound to the thread that executes the call. Once left, the call rethrows the interrupt at
 * every further step and records nothing more, whatever the function does with it.
 */
public final class Run extends DurableGroups implements Steps {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final Duration MAX_SLEEP = Duration.ofDays(366);
  // The server rounds the remaining time to whole seconds, so it may wake half a second early.
  private static final Duration WAKE_ERROR = Duration.ofMillis(500);
  private static final TypeRef<SendResult> SEND_RESULT = TypeRef.of(SendResult.class);

  private final CallRequest request;
  private final @Nullable String target;
  private final RunContext context;
  private final EventSink events;
  private final Clock clock;
  private final StepMemory memory;
  private final Thread thread = Thread.currentThread();
  private final StepIdentity.Counter identities = new StepIdentity.Counter();
  private final List<FoundStep> found = new ArrayList<>(1);

  private @Nullable StepInterrupt interrupt;
  private CallOutcome.@Nullable Reported reported;
  private @Nullable StepContext executing;
  private boolean closed;

  Run(
      CallRequest request,
      @Nullable String target,
      RunContext context,
      StepMemory memory,
      EventSink events,
      Clock clock) {
    super(false);
    this.request = request;
    this.target = target;
    this.context = context;
    this.memory = memory;
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
    return this.<T>step(plain(id), type, List.of(), body);
  }

  @Override
  public void run(String id, Action<?> body) {
    this.<@Nullable Void>step(
        plain(id),
        null,
        List.of(),
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
        new ReportedStep(step, definition.displayName(), null),
        definition.result(),
        definition.declared(),
        body);
  }

  @Override
  public void sleep(Duration duration) {
    sleep("sleep", duration);
  }

  @Override
  public void sleep(String id, Duration duration) {
    ReportedStep step = plain(id);
    requireSleep(id, duration);
    sleepStep(step, DurationText.format(duration));
  }

  @Override
  public void sleepUntil(Instant time) {
    sleepUntil("sleep", time);
  }

  @Override
  public void sleepUntil(String id, Instant time) {
    ReportedStep step = plain(id);
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
    StepIdentity step = plain(id).step();
    return this.<SendResult>step(
        new ReportedStep(step, id, ReportedStep.Kind.SEND),
        SEND_RESULT,
        List.of(),
        () -> events.send(envelopes(step, batch)));
  }

  @Override
  public <D> SendResult send(EventType<? extends Event<D>> type, D data) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <E extends Event<?>> Optional<E> waitForEvent(EventType<E> type, Wait wait) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <E extends Event<?>> Optional<E> waitForEvent(String id, EventType<E> type, Wait wait) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <E extends Event<?>, X extends Exception> Optional<E> waitForEvent(
      EventType<E> type, Wait wait, Action<X> meanwhile) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <E extends Event<?>, X extends Exception> Optional<E> waitForEvent(
      String id, EventType<E> type, Wait wait, Action<X> meanwhile) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends @Nullable Object> Optional<Signal.Received<T>> waitForSignal(
      String id, Signal<T> signal, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends @Nullable Object> Optional<Signal.Received<T>> waitForSignal(
      String id, Signal<T> signal, Duration timeout, Signal.Conflict conflict) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends @Nullable Object> Optional<String> sendSignal(
      String id, Signal<T> signal, T data) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      FunctionRef<I, O> function, I input) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      FunctionRef<I, O> function, I input, InvokeOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      String id, FunctionRef<I, O> function, I input) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      String id, FunctionRef<I, O> function, I input, InvokeOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FetchResponse fetch(FetchRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FetchResponse fetch(String id, FetchRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Ai ai() {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends @Nullable Object, X extends Exception, Y extends Exception> T race(
      Branch<? extends T, X> first, Branch<? extends T, Y> second) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends @Nullable Object, X extends Exception, Y extends Exception, Z extends Exception>
      T race(
          Branch<? extends T, X> first,
          Branch<? extends T, Y> second,
          Branch<? extends T, Z> third) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T saga(
      ItemBranch<? super Undo, ? extends T, X> saga) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StepGroups independent() {
    return new DurableGroups(true);
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
    return reported == null ? notFound() : reported;
  }

  /** The answer to a target that the function does not reach; null if nothing special was asked. */
  @Nullable CallOutcome missedTarget() {
    return target == null ? null : notFound();
  }

  private CallOutcome notFound() {
    return new CallOutcome.TargetNotFound(String.valueOf(target), found);
  }

  boolean isLastAttempt() {
    return request.maxAttempts() > 0 && request.attempt() >= request.maxAttempts() - 1;
  }

  // --- one step ---

  private ReportedStep plain(String id) {
    enter(id);
    return new ReportedStep(identities.next(StepIdentity.require(id)), id, null);
  }

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
      ReportedStep step,
      @Nullable TypeRef<?> result,
      List<DeclaredException<?>> declared,
      Callable<? extends T> body) {
    Memo memo = remembered(step);
    if (memo != null) {
      return memory.give(step.step(), memo, result, declared);
    }
    if (target == null && request.planOnly()) {
      throw leave(step.planned(), null, null);
    }
    throw execute(step, result, declared, body);
  }

  private void sleepStep(ReportedStep step, String until) {
    if (remembered(step) == null) {
      throw leave(step.sleeps(until), null, null);
    }
  }

  /** What is remembered of a step; leaves the function where another step was asked for. */
  private @Nullable Memo remembered(ReportedStep step) {
    Memo memo = memory.find(step.step());
    boolean wanted = step.step().hash().equals(target);
    if (memo != null && wanted) {
      throw leave(step.remembered(memo), null, null);
    }
    if (memo == null && target != null && !wanted) {
      found.add(new FoundStep(step.step().hash(), step.step().id(), step.displayName()));
      throw interrupted();
    }
    return memo;
  }

  private StepInterrupt execute(
      ReportedStep step,
      @Nullable TypeRef<?> result,
      List<DeclaredException<?>> declared,
      Callable<?> body) {
    String id = step.step().id();
    executing = new StepContext(context.runId(), id, request.attempt(), request.maxAttempts());
    long started = nanosSinceEpoch();
    long from = System.nanoTime();
    try {
      Object value = body.call();
      byte[] data =
          Output.write(result == null ? null : value, result, "the result of step \"" + id + "\"");
      return leave(step.ran(data, new Timing(started, System.nanoTime() - from)), null, null);
    } catch (Throwable thrown) {
      // Errors too: the server must learn of them, or the step would be tried in the dark.
      Timing timing = new Timing(started, System.nanoTime() - from);
      boolean last = ThrownError.isFinal(thrown) || isLastAttempt();
      tell(id, last, thrown);
      return leave(
          step.failed(last, ThrownError.write(thrown, declared), timing),
          last,
          last ? null : ThrownError.retryAfter(thrown));
    } finally {
      executing = null;
    }
  }

  private void tell(String stepId, boolean last, Throwable thrown) {
    Object[] facts = {
      stepId,
      context.functionId(),
      request.attempt() + 1,
      request.maxAttempts() > 0 ? request.maxAttempts() : "?",
      context.runId(),
      ThrownError.message(thrown),
      ThrownError.stackOf(thrown)
    };
    if (last) {
      LOG.warn(
          "Step \"{}\" of function \"{}\" failed for good, attempt {} of {}, run {}: {}", facts);
    } else {
      // Its stack goes to the server, which asks for the step again.
      LOG.info(
          "Step \"{}\" of function \"{}\" failed, attempt {} of {}, run {}: {}",
          Arrays.copyOf(facts, facts.length - 1));
    }
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

  private StepInterrupt leave(
      Operation operation, @Nullable Boolean noRetry, @Nullable String retryAfter) {
    reported = new CallOutcome.Reported(List.of(operation), noRetry, retryAfter);
    return interrupted();
  }

  private StepInterrupt interrupted() {
    StepInterrupt thrown = new StepInterrupt();
    interrupt = thrown;
    return thrown;
  }

  private long nanosSinceEpoch() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
