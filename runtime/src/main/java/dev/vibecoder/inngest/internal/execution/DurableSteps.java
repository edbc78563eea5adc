package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.vibecoder.inngest.StepGroups;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Undo;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.internal.json.EventReader;
import dev.vibecoder.inngest.internal.json.EventWriter;
import dev.vibecoder.inngest.middleware.StepKind;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The durable operations as functions see them. */
final class DurableSteps extends DurableGroups implements Steps {
  private static final TypeRef<SendResult> SEND_RESULT = TypeRef.of(SendResult.class);
  private static final TypeRef<SentSignal> SENT_SIGNAL = TypeRef.of(SentSignal.class);
  private static final TypeRef<FetchResponse> FETCH_RESPONSE = TypeRef.of(FetchResponse.class);

  private final Run run;
  private final Groups groups;
  private final Sagas sagas;
  private final ServerSteps serverSteps;

  DurableSteps(Run run, Groups groups, Sagas sagas) {
    super(run, groups, false);
    this.run = run;
    this.groups = groups;
    this.sagas = sagas;
    this.serverSteps = new ServerSteps(run);
  }

  /**
   * What is remembered of a signal that was sent.
   *
   * @param runId the run that waited for it, or null
   */
  record SentSignal(@Nullable String runId) {}

  /** The run behind these operations. */
  Run run() {
    return run;
  }

  @Override
  public <T> T run(String id, Class<T> type, Callable<? extends T> body) {
    return run(id, TypeRef.of(type), body);
  }

  @Override
  public <T> T run(String id, TypeRef<T> type, Callable<? extends T> body) {
    return run.run(StepIdentity.require(id), StepForm.CODE, type, body);
  }

  @Override
  public void run(String id, Action<?> body) {
    run.<@Nullable Void>run(StepIdentity.require(id), StepForm.CODE, null, callable(body));
  }

  // --- time ---

  @Override
  public void sleep(Duration duration) {
    sleep("sleep", duration);
  }

  @Override
  public void sleep(String id, Duration duration) {
    serverSteps.<@Nullable Object>await(
        id, StepKind.SLEEP, () -> ServerForms.sleep(id, duration), done -> null);
  }

  @Override
  public void sleepUntil(Instant time) {
    sleepUntil("sleep", time);
  }

  @Override
  public void sleepUntil(String id, Instant time) {
    serverSteps.<@Nullable Object>await(
        id,
        StepKind.SLEEP,
        () -> ServerForms.sleepUntil(id, time, run.services().clock().instant()),
        done -> null);
  }

  // --- events ---

  @Override
  public SendResult send(Event<?> event) {
    return send("send-" + StepIdentity.encode(event.name()), event);
  }

  @Override
  public SendResult send(String id, Event<?> event) {
    return send(id, List.of(event));
  }

  @Override
  public <D> SendResult send(EventType<? extends Event<D>> type, D data) {
    ServerForms.requireName(type, "sent");
    return send(type.create(null, type.name(), data, null, null, null));
  }

  @Override
  public SendResult send(String id, Collection<? extends Event<?>> batch) {
    Frame frame = run.enter(StepIdentity.require(id));
    StepIdentity step = frame.next(id, List.of());
    return run.run(
        frame,
        step,
        step.localId(),
        StepForm.SEND,
        new StepWork<>(
            null, SEND_RESULT, () -> run.services().events().send(envelopes(step, batch))));
  }

  private List<EventEnvelope> envelopes(StepIdentity step, Collection<? extends Event<?>> batch) {
    List<EventEnvelope> envelopes = new ArrayList<>(batch.size());
    for (Event<?> event : batch) {
      String id = run.context().runId() + "-" + step.hash() + "-" + envelopes.size();
      envelopes.add(EventWriter.envelope(event, id));
    }
    return envelopes;
  }

  @Override
  public <E extends Event<?>> Optional<E> waitForEvent(EventType<E> type, Wait wait) {
    return waitForEvent(waitId(type), type, wait);
  }

  private static String waitId(EventType<?> type) {
    return "wait-" + StepIdentity.encode(type.name());
  }

  @Override
  public <E extends Event<?>> Optional<E> waitForEvent(String id, EventType<E> type, Wait wait) {
    Objects.requireNonNull(wait, "wait");
    ServerForms.requireName(type, "waited for");
    return serverSteps.<Optional<E>>await(
        id,
        StepKind.WAIT_FOR_EVENT,
        () -> ServerForms.waitForEvent(type, wait),
        done -> event(type, done.tree()));
  }

  // The event was read as the type that was asked for.
  @SuppressWarnings("unchecked")
  private static <E extends Event<?>> Optional<E> event(EventType<E> type, JsonNode event) {
    return event.isNull()
        ? Optional.empty()
        : Optional.of((E) EventReader.read(event, List.of(type)));
  }

  @Override
  public <E extends Event<?>, X extends Exception> Optional<E> waitForEvent(
      EventType<E> type, Wait wait, Action<X> meanwhile) {
    return waitForEvent(waitId(type), type, wait, meanwhile);
  }

  // The first branch gives just this.
  @Override
  @SuppressWarnings("unchecked")
  public <E extends Event<?>, X extends Exception> Optional<E> waitForEvent(
      String id, EventType<E> type, Wait wait, Action<X> meanwhile) {
    return (Optional<E>)
        Objects.requireNonNull(
            groups.meanwhile(() -> waitForEvent(id, type, wait), callable(meanwhile)));
  }

  // --- signals ---

  @Override
  public <T extends @Nullable Object> Optional<Signal.Received<T>> waitForSignal(
      String id, Signal<T> signal, Duration timeout) {
    return waitForSignal(id, signal, timeout, Signal.Conflict.FAIL);
  }

  @Override
  public <T extends @Nullable Object> Optional<Signal.Received<T>> waitForSignal(
      String id, Signal<T> signal, Duration timeout, Signal.Conflict conflict) {
    return serverSteps.<Optional<Signal.Received<T>>>await(
        id,
        StepKind.WAIT_FOR_SIGNAL,
        () -> ServerForms.waitForSignal(id, signal, timeout, conflict),
        done -> received(signal, done));
  }

  // What came with the signal was read as the type that was asked for.
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> Optional<Signal.Received<T>> received(
      Signal<T> signal, ServerSteps.Done done) {
    JsonNode received = done.tree();
    if (received.isNull()) {
      return Optional.empty();
    }
    JsonNode data = received.path("data");
    Object value = data.isMissingNode() || data.isNull() ? null : done.read(data, signal.data());
    return Optional.of(new Signal.Received<>(signal.name(), (T) value));
  }

  @Override
  public <T extends @Nullable Object> Optional<String> sendSignal(
      String id, Signal<T> signal, T data) {
    SentSignal sent =
        run.run(
            StepIdentity.require(id),
            StepForm.sendSignal(signal.name()),
            SENT_SIGNAL,
            () ->
                new SentSignal(
                    run.services().signals().send(signal.name(), written(signal, data))));
    return Optional.ofNullable(sent.runId());
  }

  private static JsonNode written(Signal<?> signal, @Nullable Object data) {
    String what = "the data of the signal \"" + signal.name() + "\"";
    return ServerForms.tree(Output.write(data, signal.data(), what), what);
  }

  // --- what the server does ---

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      FunctionRef<I, O> function, @Nullable I input) {
    return invoke(function, input, InvokeOptions.defaults());
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      FunctionRef<I, O> function, @Nullable I input, InvokeOptions options) {
    return invoke("invoke-" + StepIdentity.encode(function.functionId()), function, input, options);
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      String id, FunctionRef<I, O> function, @Nullable I input) {
    return invoke(id, function, input, InvokeOptions.defaults());
  }

  @Override
  public <I extends @Nullable Object, O extends @Nullable Object> O invoke(
      String id, FunctionRef<I, O> function, @Nullable I input, InvokeOptions options) {
    return serverSteps.invoke(id, function, input, options);
  }

  @Override
  public FetchResponse fetch(FetchRequest request) {
    return fetch("fetch", request);
  }

  @Override
  public FetchResponse fetch(String id, FetchRequest request) {
    return serverSteps.await(
        id, StepKind.FETCH, () -> ServerForms.fetch(request), done -> done.give(FETCH_RESPONSE));
  }

  @Override
  public Ai ai() {
    return new DurableAi(run, serverSteps);
  }

  // --- groups ---

  // The result comes from one of the branches.
  @Override
  @SuppressWarnings({"unchecked", "NullAway"})
  public <T extends @Nullable Object, X extends Exception, Y extends Exception> T race(
      Branch<? extends T, X> first, Branch<? extends T, Y> second) {
    return (T)
        groups.first(
            List.of(new GroupBranch(null, first::run), new GroupBranch(null, second::run)));
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"})
  public <T extends @Nullable Object, X extends Exception, Y extends Exception, Z extends Exception>
      T race(
          Branch<? extends T, X> first,
          Branch<? extends T, Y> second,
          Branch<? extends T, Z> third) {
    return (T)
        groups.first(
            List.of(
                new GroupBranch(null, first::run),
                new GroupBranch(null, second::run),
                new GroupBranch(null, third::run)));
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T saga(
      ItemBranch<? super Undo, ? extends T, X> saga) throws X {
    try {
      return sagas.run(saga);
    } catch (Exception e) {
      throw ThrownError.<RuntimeException>sneak(e);
    }
  }

  @Override
  public StepGroups independent() {
    return new DurableGroups(run, groups, true);
  }

  @Override
  public FunctionContext context() {
    return run.context();
  }
}
