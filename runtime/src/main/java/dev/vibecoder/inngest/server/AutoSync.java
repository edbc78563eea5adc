package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.InngestException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the app when it starts, and tries until it succeeds. One line of the log tells that it
 * does not, however often and in however many ways that fails, and one that it does again.
 */
final class AutoSync implements AutoCloseable {
  /** Registers the app once. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Registers the app.
     *
     * @return whether anything changed on the server
     * @throws InngestException if the server refuses, or cannot be reached
     */
    boolean register();
  }

  /**
   * When an attempt follows another.
   *
   * @param first how long after the first that failed
   * @param longest how long after one that failed at most; each time is twice the one before
   * @param again how long after one that succeeded, or null for never: a development server that
   *     was started again has forgotten its apps
   */
  record Pace(Duration first, Duration longest, @Nullable Duration again) {
    static Pace of(boolean dev) {
      return new Pace(
          Duration.ofMillis(250), Duration.ofSeconds(5), dev ? Duration.ofSeconds(10) : null);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(AutoSync.class);

  private final Attempt attempt;
  private final String what;
  private final Pace pace;
  private final ScheduledExecutorService scheduler;
  private final CompletableFuture<Boolean> registered = new CompletableFuture<>();
  private Duration delay;
  private boolean away;

  private AutoSync(Attempt attempt, String what, Pace pace) {
    this.attempt = attempt;
    this.what = what;
    this.pace = pace;
    this.delay = pace.first();
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "inngest-sync");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to register.
   *
   * @param what says in the log what is registered where
   */
  static AutoSync start(Attempt attempt, String what, Pace pace) {
    AutoSync sync = new AutoSync(attempt, what, pace);
    sync.next(Duration.ZERO);
    return sync;
  }

  /** One that never registers anything. */
  static AutoSync none() {
    AutoSync sync = new AutoSync(() -> false, "nothing", Pace.of(false));
    sync.close();
    return sync;
  }

  /** Waits for the first success; false at once if there will be none any more. */
  boolean await(Duration atMost) {
    try {
      // Milliseconds: in nanoseconds a few centuries are too many.
      return registered.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("It is never completed with an exception", e);
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
    registered.complete(false);
  }

  private void next(Duration after) {
    try {
      // The attempt reports its own failures.
      var unused = scheduler.schedule(this::attempt, after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // Nothing follows.
    }
  }

  /** What happens in it must not end the schedule, whatever it is. */
  private void attempt() {
    try {
      succeeded(attempt.register());
    } catch (InngestException e) {
      failed(String.valueOf(e.getMessage()), null);
    } catch (RuntimeException | Error e) {
      failed("Registering the app failed with " + e, e);
    }
  }

  private void succeeded(boolean modified) {
    if (registered.complete(true) || away || modified) {
      LOG.info("Registered {}", what);
    }
    away = false;
    delay = pace.first();
    if (pace.again() != null) {
      next(pace.again());
    }
  }

  private void failed(String problem, @Nullable Throwable defect) {
    if (scheduler.isShutdown()) {
      return;
    }
    if (away) {
      LOG.debug("{}", problem, defect);
    } else {
      LOG.warn("{}. The app serves and keeps trying.", withoutStop(problem), defect);
    }
    away = true;
    next(delay);
    Duration doubled = delay.multipliedBy(2);
    delay = doubled.compareTo(pace.longest()) > 0 ? pace.longest() : doubled;
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
