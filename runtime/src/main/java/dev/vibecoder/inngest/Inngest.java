package dev.vibecoder.inngest;

import dev.vibecoder.inngest.internal.execution.RunScope;
import dev.vibecoder.inngest.internal.http.EventApi;
import dev.vibecoder.inngest.internal.json.EventWriter;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.middleware.CallHooks;
import dev.vibecoder.inngest.internal.middleware.MiddlewareChain;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The client of an app: sends events.
 *
 * <p>A send is tried up to five times when the server cannot be reached or has a problem of its
 * own, with a seed from which the server makes the same ids each time, so that no event is ever
 * doubled. Events that several threads send at the same time go together in one request; each
 * caller gets its own ids or its own failure. A single sender never waits for company; others wait
 * 5 ms at most while a request is under way, and longer only when four are.
 *
 * <p>Immutable and safe for use by many threads; {@link #toString()} shows no key. Generated send
 * methods use the {@linkplain #getDefault() default client}.
 */
public final class Inngest {
  private static final AtomicReference<@Nullable Inngest> DEFAULT = new AtomicReference<>();

  private final InngestOptions options;
  private final EventApi events;
  private final MiddlewareChain middleware;
  // What was sent without waiting and is not settled.
  private final Map<Object, CompletableFuture<SendResult>> pending = new ConcurrentHashMap<>();

  private Inngest(InngestOptions options) {
    this.options = Objects.requireNonNull(options, "options");
    this.events = new EventApi(options, Clock.systemUTC());
    this.middleware = MiddlewareChain.of(options.middleware());
    middleware.register(options.appId(), null);
  }

  /**
   * A client with given options.
   *
   * @param options how to reach the server
   * @return the client
   */
  public static Inngest of(InngestOptions options) {
    return new Inngest(options);
  }

  /**
   * A client with the options that the environment gives.
   *
   * @return the client
   * @throws InngestException if {@code INNGEST_APP_ID} is missing or a value is malformed
   */
  public static Inngest fromEnvironment() {
    return of(InngestOptions.fromEnvironment());
  }

  /**
   * The client of generated send methods: the one that was set, else one from the environment, made
   * on first use.
   *
   * @return the default client
   * @throws InngestException if none was set and the environment does not suffice
   */
  public static Inngest getDefault() {
    Inngest present = DEFAULT.get();
    if (present != null) {
      return present;
    }
    Inngest made = fromEnvironment();
    return DEFAULT.compareAndSet(null, made) ? made : getDefault();
  }

  /**
   * Sets the client of generated send methods.
   *
   * @param client the client
   */
  public static void setDefault(Inngest client) {
    DEFAULT.set(Objects.requireNonNull(client, "client"));
  }

  /**
   * Replaces the default client until the scope is closed; for tests that run one after another.
   *
   * @param client the client
   * @return restores the former default when closed
   */
  public static DefaultScope withDefault(Inngest client) {
    Inngest former = DEFAULT.getAndSet(Objects.requireNonNull(client, "client"));
    return () -> DEFAULT.set(former);
  }

  /**
   * How this client reaches the server.
   *
   * @return the options
   */
  public InngestOptions options() {
    return options;
  }

  /**
   * Sends an event and waits until the server has accepted it.
   *
   * @param event the event
   * @return the server's id of it
   * @throws EventsRefusedException if the server refuses the event
   * @throws EventsNotSentException if the server cannot be reached or has a problem; the event may
   *     have been accepted
   * @throws InngestException if the thread is interrupted, when the event may have been accepted,
   *     or there is no event key
   * @throws StepUsageException in a function outside its steps, where the event would be sent again
   *     on every replay
   */
  public SendResult send(Event<?> event) {
    return send(List.of(event));
  }

  /**
   * Sends events in as few requests as possible and waits until the server has accepted them. One
   * that the server refuses does not keep it from taking the others.
   *
   * @param batch the events, any number; more than 5,000 or 4 MiB are sent in several requests, one
   *     after another
   * @return the server's ids of them, in order
   * @throws EventsRefusedException if the server refuses some; it tells which, and all others were
   *     accepted
   * @throws EventsNotSentException if the server cannot be reached or has a problem; it tells which
   *     were accepted
   * @throws NonRetriableException if one cannot be sent, such as one without a name; then none is
   * @throws InngestException if the thread is interrupted, when they may have been accepted, or
   *     there is no event key
   * @throws StepUsageException in a function outside its steps, where the events would be sent
   *     again on every replay
   */
  public SendResult send(Collection<? extends Event<?>> batch) {
    requireStep(batch);
    MiddlewareChain chain = middlewareHere();
    return chain.isEmpty()
        ? events.send(encoded(batch), RunScope.currentTrace())
        : send(chain, envelopes(batch));
  }

  /**
   * Sends an event without waiting for the server. The program must not end before the future is
   * complete, or {@link #flush} has returned true: what has not gone by then is lost.
   *
   * @param event the event
   * @return completes with the server's id of it, or fails with an {@link InngestException}
   * @throws StepUsageException in a function outside its steps, where the event would be sent again
   *     on every replay
   */
  public CompletableFuture<SendResult> sendAsync(Event<?> event) {
    return sendAsync(List.of(event));
  }

  /**
   * Sends events in as few requests as possible, without waiting for the server.
   *
   * @param batch the events, any number
   * @return completes with the server's ids of them, in order, or fails with an {@link
   *     InngestException} as {@link #send(Collection)} throws it, and at once if more than 64 MiB
   *     of events wait to be sent already. To cancel it does not take events back
   * @throws StepUsageException in a function outside its steps, where the events would be sent
   *     again on every replay
   */
  public CompletableFuture<SendResult> sendAsync(Collection<? extends Event<?>> batch) {
    requireStep(batch);
    CompletableFuture<SendResult> sent = begin(batch);
    if (sent.isDone()) {
      return sent;
    }
    Object one = new Object();
    pending.put(one, sent);
    var unused = sent.whenComplete((result, failure) -> pending.remove(one));
    // To cancel what the caller holds takes nothing back, so it is still waited for.
    return sent.copy();
  }

  private CompletableFuture<SendResult> begin(Collection<? extends Event<?>> batch) {
    MiddlewareChain chain = middlewareHere();
    TraceHeaders trace = RunScope.currentTrace();
    List<byte[]> encoded;
    try {
      if (!chain.isEmpty()) {
        return send(chain, envelopes(batch), changed -> events.sendAsync(changed, trace));
      }
      encoded = encoded(batch);
    } catch (InngestException invalid) {
      return CompletableFuture.failedFuture(invalid);
    }
    return events.sendAsync(encoded, trace);
  }

  /**
   * Waits until the events that were sent with {@code sendAsync} so far are accepted or given up,
   * which their futures tell; for the end of a program. A client has nothing to be closed: the
   * connections to the server and their daemon threads are those of all clients of the JVM.
   *
   * @param atMost how long to wait
   * @return whether none is left; false as well, with its flag set again, if the thread is
   *     interrupted
   */
  public boolean flush(Duration atMost) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(pending.values().toArray(new CompletableFuture<?>[0]));
    try {
      // Milliseconds: in nanoseconds a few centuries are too many.
      all.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException someFailed) {
      return true;
    } catch (TimeoutException stillSending) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Sends events that have the form of the wire already; what {@code ServeHandler} sends the events
   * of steps with.
   *
   * @param envelopes the events, any number
   * @return the server's ids of them, in order
   * @throws InngestException as {@link #send(Collection)} throws it
   */
  public SendResult sendEnvelopes(List<EventEnvelope> envelopes) {
    MiddlewareChain chain = middlewareHere();
    return chain.isEmpty()
        ? events.send(written(envelopes), RunScope.currentTrace())
        : send(chain, envelopes);
  }

  /** The middleware of this client, and that of the function which this thread runs. */
  private MiddlewareChain middlewareHere() {
    CallHooks call = RunScope.currentHooks();
    return call == null ? middleware : middleware.then(call.ofFunction());
  }

  private SendResult send(MiddlewareChain chain, List<EventEnvelope> envelopes) {
    TraceHeaders trace = RunScope.currentTrace();
    return MiddlewareChain.await(
        send(
            chain,
            envelopes,
            encoded -> {
              try {
                return CompletableFuture.completedFuture(events.send(encoded, trace));
              } catch (InngestException e) {
                return CompletableFuture.failedFuture(e);
              }
            }));
  }

  private CompletableFuture<SendResult> send(
      MiddlewareChain chain,
      List<EventEnvelope> envelopes,
      Function<List<byte[]>, CompletableFuture<SendResult>> delivery) {
    return envelopes.isEmpty()
        ? CompletableFuture.completedFuture(new SendResult(List.of()))
        : chain.send(
            options.appId(),
            RunScope.currentHooks(),
            envelopes,
            changed -> delivery.apply(written(changed)));
  }

  private static List<byte[]> written(List<EventEnvelope> envelopes) {
    return envelopes.stream().map(Json::encode).toList();
  }

  private static List<EventEnvelope> envelopes(Collection<? extends Event<?>> batch) {
    List<EventEnvelope> envelopes = new ArrayList<>(batch.size());
    for (Event<?> event : batch) {
      envelopes.add(EventWriter.envelope(event, null));
    }
    return envelopes;
  }

  private static List<byte[]> encoded(Collection<? extends Event<?>> batch) {
    List<byte[]> encoded = new ArrayList<>(batch.size());
    for (Event<?> event : batch) {
      encoded.add(EventWriter.encode(event));
    }
    return encoded;
  }

  private static void requireStep(Collection<? extends Event<?>> batch) {
    if (!RunScope.betweenSteps()) {
      return;
    }
    String names =
        batch.stream()
            .map(event -> "\"" + event.name() + "\"")
            .distinct()
            .limit(3)
            .collect(Collectors.joining(", "));
    throw new StepUsageException(
        "Sending "
            + (names.isEmpty() ? "events" : names)
            + " in a function outside its steps would be repeated on every replay. Use"
            + " step.send(event), which is durable, or send inside a step.");
  }

  @Override
  public String toString() {
    return "Inngest[" + options + "]";
  }

  /** Restores the default client. */
  @FunctionalInterface
  public interface DefaultScope extends AutoCloseable {
    @Override
    void close();
  }
}
