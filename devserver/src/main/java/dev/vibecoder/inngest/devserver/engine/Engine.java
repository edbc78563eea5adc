package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.protocol.SyncRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs functions: accepts events, calls apps, remembers steps, retries, and ends runs.
 *
 * <p>One thread owns all state and decides, one command after another; the methods only hand
 * commands over and may be called by any thread. Commands that wait are taken together: their facts
 * are kept in the {@link Journal} at once, and only then their effects start, on other threads.
 *
 * <p>An engine that cannot keep facts, or whose thread meets an {@link Error}, stops: it answers
 * everything that waits, and everything later, with {@link EngineStoppedException}.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final int MAX_BATCH = 256;
  private static final long REVISIONS_PER_MILLI = 1_000;

  private final EngineClock clock;
  private final Journal journal;
  private final State state;
  private final Timers timers = new Timers();
  private final Scheduler scheduler;
  private final Executor effectThreads;
  private final @Nullable ExecutorService ownThreads;
  private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final List<Runnable> effects = new ArrayList<>();
  private final List<Request<?>> replies = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final Thread thread;
  private volatile @Nullable EngineStoppedException stopped;

  /** Is told of runs that changed, after the change was kept. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Facts were kept.
     *
     * @param kept the facts, in order
     * @param revision of the state with all of them
     */
    void changed(List<Fact> kept, long revision);
  }

  /**
   * How an engine is set up.
   *
   * @param clock its time
   * @param transport how it calls apps
   * @param journal where facts are kept
   * @param retryInterval a fixed delay before retries instead of the table, or null
   * @param random where ids and jitter come from
   * @param retention how much is remembered
   * @param effects where effects run, or null for threads of the engine's own
   */
  public record Setup(
      EngineClock clock,
      AppTransport transport,
      Journal journal,
      @Nullable Duration retryInterval,
      RandomGenerator random,
      Retention retention,
      @Nullable Executor effects) {
    /**
     * A set-up with the usual budget of memory and the engine's own threads.
     *
     * @param clock its time
     * @param transport how it calls apps
     * @param journal where facts are kept
     * @param retryInterval a fixed delay before retries instead of the table, or null
     * @param random where ids and jitter come from
     * @param retention how many ended runs, and how many events, are remembered
     */
    public Setup(
        EngineClock clock,
        AppTransport transport,
        Journal journal,
        @Nullable Duration retryInterval,
        RandomGenerator random,
        int retention) {
      this(clock, transport, journal, retryInterval, random, Retention.of(retention), null);
    }
  }

  /**
   * An engine that is not running yet.
   *
   * @param setup its parts
   */
  public Engine(Setup setup) {
    this.clock = setup.clock();
    this.journal = setup.journal();
    // So that no number comes again after a restart, and a watcher of old sees that it missed all.
    long firstRevision = clock.now().toEpochMilli() * REVISIONS_PER_MILLI;
    this.state = new State(setup.retention(), firstRevision);
    this.ownThreads = setup.effects() == null ? EffectThreads.create() : null;
    Executor given = setup.effects();
    this.effectThreads = ownThreads == null ? given == null ? Runnable::run : given : ownThreads;
    this.scheduler =
        new Scheduler(
            new EngineAccess(),
            setup.transport(),
            new RetryPolicy(setup.retryInterval(), setup.random()),
            setup.random());
    this.thread = new Thread(this::loop, "inngest-engine");
    this.thread.setDaemon(true);
    clock.onChange(() -> commands.add(() -> {}));
  }

  /** Starts the engine's thread. */
  public void start() {
    thread.start();
  }

  /** Stops; whatever still waits for an answer gets {@link EngineStoppedException}. */
  @Override
  public void close() {
    stop(new EngineStoppedException("The dev server was stopped", null));
    commands.add(() -> {});
  }

  /**
   * Why the engine stopped by itself.
   *
   * @return completes with what went wrong; never, if nothing does
   */
  public CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  /**
   * Whether commands are taken.
   *
   * @return why not, or empty
   */
  public Optional<EngineStoppedException> stopped() {
    return Optional.ofNullable(stopped);
  }

  /**
   * Registers a watcher.
   *
   * @param watcher told on the engine's thread; it must not block
   */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /**
   * Removes a watcher.
   *
   * @param watcher told no more
   */
  public void unwatch(Watcher watcher) {
    watchers.remove(watcher);
  }

  // --- commands ---

  /**
   * Accepts events.
   *
   * @param events the events, checked
   * @return completes when they are kept; fails with {@link EngineStoppedException}
   */
  public CompletableFuture<Void> receive(List<IncomingEvent> events) {
    Instant now = clock.now();
    List<AcceptedEvent> accepted =
        events.stream().map(event -> AcceptedEvent.of(event, now)).toList();
    return command(
        () -> {
          accepted.forEach(scheduler::receive);
          return null;
        });
  }

  /**
   * Accepts what an app tells of itself.
   *
   * @param url where it is served, in normal form
   * @param sync what it tells
   * @return completes with whether anything changed; fails with {@link EngineStoppedException}
   */
  public CompletableFuture<Boolean> sync(String url, SyncRequest sync) {
    String checksum = Scheduler.checksum(sync);
    return command(() -> scheduler.sync(url, sync, checksum));
  }

  /**
   * Ends a run from outside.
   *
   * @param runId the run
   * @return completes with whether there is such a run; fails with {@link EngineStoppedException}
   */
  public CompletableFuture<Boolean> cancel(String runId) {
    return command(() -> scheduler.cancel(runId));
  }

  /**
   * Looks at the state.
   *
   * @param view makes something of it on the engine's thread, where every run waits for it: it is
   *     to take what it needs, and no more
   * @param <T> what it makes
   * @return completes, on another thread, with what was made; fails with what {@code view} threw or
   *     with {@link EngineStoppedException}
   */
  public <T extends @Nullable Object> CompletableFuture<T> view(Function<Views, T> view) {
    return command(() -> view.apply(new Views(state, clock.now())));
  }

  private <T extends @Nullable Object> CompletableFuture<T> command(Supplier<T> action) {
    Request<T> request = new Request<>(action);
    commands.add(request);
    if (stopped != null) {
      // Nobody may be there to take it any more.
      refuseWaiting();
    }
    return request.reply;
  }

  /** A command whose sender waits for an answer. */
  private final class Request<T extends @Nullable Object> implements Runnable {
    private final Supplier<T> action;
    private final CompletableFuture<T> reply = new CompletableFuture<>();
    private @Nullable Runnable answer;

    Request(Supplier<T> action) {
      this.action = action;
    }

    @Override
    public void run() {
      replies.add(this);
      try {
        T result = action.get();
        answer = () -> reply.complete(result);
      } catch (RuntimeException e) {
        answer = () -> reply.completeExceptionally(e);
        throw e;
      }
    }

    /** Replies are effects: nobody is told of what is not kept. */
    void answer() {
      if (answer != null) {
        answer.run();
      }
    }

    void refuse(EngineStoppedException why) {
      reply.completeExceptionally(why);
    }
  }

  // --- the thread ---

  private void loop() {
    try {
      while (stopped == null) {
        batch();
      }
    } catch (InterruptedException e) {
      stop(new EngineStoppedException("The engine's thread was interrupted", e));
    } catch (Throwable e) { // Whatever it is, somebody must hear of it.
      stop(new EngineStoppedException("The dev server's engine failed: " + e, e));
      failure.complete(e);
      LOG.error("The engine failed; runs do not go on", e);
    } finally {
      EngineStoppedException why = stopped;
      if (why != null) {
        replies.forEach(reply -> reply.refuse(why));
      }
      refuseWaiting();
      if (ownThreads != null) {
        ownThreads.shutdown();
      }
    }
  }

  private void stop(EngineStoppedException why) {
    synchronized (commands) {
      if (stopped == null) {
        stopped = why;
      }
    }
    refuseWaiting();
  }

  private void refuseWaiting() {
    EngineStoppedException why = stopped;
    for (Runnable waiting = commands.poll(); waiting != null; waiting = commands.poll()) {
      if (waiting instanceof Request<?> request && why != null) {
        request.refuse(why);
      }
    }
  }

  private void batch() throws InterruptedException {
    Runnable command = next();
    for (int i = 1; command != null; i++) {
      run(command);
      command = i < MAX_BATCH ? ready() : null;
    }
    commit();
  }

  /** Takes what can be done now, if there is anything. */
  private @Nullable Runnable ready() {
    // What is due goes first: an ended sleep is not overtaken by what came later.
    Optional<Runnable> due = timers.due(clock.now());
    return due.isPresent() ? due.get() : commands.poll();
  }

  private @Nullable Runnable next() throws InterruptedException {
    Runnable ready = ready();
    if (ready != null) {
      return ready;
    }
    Optional<Instant> nextTimer = timers.next();
    Duration rest = nextTimer.isEmpty() ? null : clock.until(nextTimer.get());
    return rest == null
        ? commands.take()
        : commands.poll(Math.max(1, rest.toMillis() + 1), TimeUnit.MILLISECONDS);
  }

  private static void run(Runnable command) {
    try {
      command.run();
    } catch (RuntimeException e) {
      LOG.error("A command failed: this is a defect of the dev server", e);
    }
  }

  private void commit() {
    if (!facts.isEmpty()) {
      List<Fact> kept = List.copyOf(facts);
      facts.clear();
      journal.append(kept);
      watchers.forEach(watcher -> tell(watcher, kept));
    }
    List<Runnable> started = List.copyOf(effects);
    effects.clear();
    started.forEach(this::start);
    List<Request<?>> answered = List.copyOf(replies);
    replies.clear();
    answered.forEach(request -> start(request::answer));
  }

  private void tell(Watcher watcher, List<Fact> kept) {
    try {
      watcher.changed(kept, state.revision());
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("A watcher failed; the others are told", e);
    }
  }

  private void start(Runnable effect) {
    try {
      effectThreads.execute(effect);
    } catch (RejectedExecutionException e) {
      LOG.warn("An effect was not started, as the engine stops");
    } catch (RuntimeException e) {
      LOG.error("An effect failed: this is a defect of the dev server", e);
    }
  }

  /** What the scheduler may do to the engine; only on the engine's thread where not said. */
  final class EngineAccess {
    /** The present; on any thread. */
    Instant now() {
      return clock.now();
    }

    State state() {
      return state;
    }

    /** Records a fact; it is kept when the batch of commands ends. */
    void record(Fact fact) {
      facts.add(fact);
      state.apply(fact);
    }

    /** Starts something on another thread when the facts of this batch are kept. */
    void effect(Runnable effect) {
      effects.add(effect);
    }

    Timers.Timer at(Instant time, Runnable action) {
      return timers.at(time, action);
    }

    void cancel(Timers.Timer timer) {
      timers.cancel(timer);
    }

    /** Comes back from outside; on any thread. */
    void submit(Runnable command) {
      commands.add(command);
    }
  }
}
