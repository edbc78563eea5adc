package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.protocol.SyncRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs functions: accepts events, calls apps, remembers steps, retries, and ends runs.
 *
 * <p>One thread does everything, one command after another; its methods only hand commands over and
 * may be called by any thread. Facts are kept in the {@link Journal} before their effects start.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final EngineClock clock;
  private final Journal journal;
  private final State state;
  private final Timers timers = new Timers();
  private final Scheduler scheduler;
  private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final List<Runnable> effects = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  /** Is told of runs that changed, after the change was kept. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Facts were kept.
     *
     * @param kept the facts, in order
     * @param revision grows with every fact
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
   * @param retention how many ended runs are remembered
   */
  public record Setup(
      EngineClock clock,
      AppTransport transport,
      Journal journal,
      @Nullable Duration retryInterval,
      RandomGenerator random,
      int retention) {}

  /**
   * An engine that is not running yet.
   *
   * @param setup its parts
   */
  public Engine(Setup setup) {
    this.clock = setup.clock();
    this.journal = setup.journal();
    this.state = new State(setup.retention());
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

  @Override
  public void close() {
    stopped = true;
    commands.add(() -> {});
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
   * @return completes when they are kept
   */
  public CompletableFuture<Void> receive(List<IncomingEvent> events) {
    return command(
        () -> {
          events.forEach(scheduler::receive);
          return null;
        });
  }

  /**
   * Accepts what an app tells of itself.
   *
   * @param url where it is served, in normal form
   * @param sync what it tells
   * @return completes with whether anything changed
   */
  public CompletableFuture<Boolean> sync(String url, SyncRequest sync) {
    return command(() -> scheduler.sync(url, sync));
  }

  /**
   * Ends a run from outside.
   *
   * @param runId the run
   * @return completes with whether there is such a run
   */
  public CompletableFuture<Boolean> cancel(String runId) {
    return command(() -> scheduler.cancel(runId));
  }

  /**
   * Looks at the state.
   *
   * @param view makes something of it on the engine's thread
   * @param <T> what it makes
   * @return completes with what was made
   */
  public <T extends @Nullable Object> CompletableFuture<T> view(Function<Views, T> view) {
    return command(() -> view.apply(new Views(state, clock.now())));
  }

  private <T extends @Nullable Object> CompletableFuture<T> command(
      java.util.function.Supplier<T> action) {
    CompletableFuture<T> reply = new CompletableFuture<>();
    commands.add(
        () -> {
          T result = action.get();
          // Replies are effects: nobody is told of what is not kept.
          effects.add(() -> reply.complete(result));
        });
    return reply;
  }

  // --- the thread ---

  private void loop() {
    while (!stopped) {
      try {
        Runnable command = next();
        if (command != null) {
          step(command);
        }
      } catch (InterruptedException e) {
        stopped = true;
      }
    }
  }

  private @Nullable Runnable next() throws InterruptedException {
    // What is due goes first: an ended sleep is not overtaken by what came later.
    Optional<Runnable> due = timers.due(clock.now());
    if (due.isPresent()) {
      return due.get();
    }
    Runnable waiting = commands.poll();
    if (waiting != null) {
      return waiting;
    }
    Optional<Instant> nextTimer = timers.next();
    Duration rest = nextTimer.isEmpty() ? null : clock.until(nextTimer.get());
    return rest == null
        ? commands.take()
        : commands.poll(Math.max(1, rest.toMillis() + 1), TimeUnit.MILLISECONDS);
  }

  private void step(Runnable command) {
    try {
      command.run();
    } catch (RuntimeException e) {
      LOG.error("A command failed: this is a defect of the dev server", e);
    }
    if (!facts.isEmpty()) {
      List<Fact> kept = List.copyOf(facts);
      facts.clear();
      journal.append(kept);
      watchers.forEach(watcher -> watcher.changed(kept, state.revision()));
    }
    List<Runnable> started = List.copyOf(effects);
    effects.clear();
    started.forEach(this::start);
  }

  private void start(Runnable effect) {
    try {
      effect.run();
    } catch (RuntimeException e) {
      LOG.error("An effect failed: this is a defect of the dev server", e);
    }
  }

  /** What the scheduler may do to the engine; only on the engine's thread. */
  final class EngineAccess {
    Instant now() {
      return clock.now();
    }

    State state() {
      return state;
    }

    /** Records a fact; it is kept when the command ends. */
    void record(Fact fact) {
      facts.add(fact);
      state.apply(fact);
    }

    /** Starts something outside when the facts of this command are kept. */
    void effect(Runnable effect) {
      effects.add(effect);
    }

    Timers.Timer at(Instant time, Runnable action) {
      return timers.at(time, action);
    }

    /** Comes back from outside; on any thread. */
    void submit(Runnable command) {
      commands.add(command);
    }
  }
}
