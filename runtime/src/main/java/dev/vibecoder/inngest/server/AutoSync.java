package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.serve.ServeHandler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the app when it starts, and tries until it succeeds; trouble is reported once. In dev
 * mode it goes on registering at long intervals, because a development server that was started
 * again has forgotten its apps.
 */
final class AutoSync implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AutoSync.class);
  private static final Duration FIRST_DELAY = Duration.ofMillis(250);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
  private static final Duration DEV_INTERVAL = Duration.ofSeconds(10);

  private final ServeHandler handler;
  private final URI url;
  private final InngestOptions options;
  private final CountDownLatch registered = new CountDownLatch(1);
  private final @Nullable ScheduledExecutorService scheduler;
  private Duration delay = FIRST_DELAY;
  private @Nullable String reported;

  private AutoSync(ServeHandler handler, URI url, InngestOptions options, boolean enabled) {
    this.handler = handler;
    this.url = url;
    this.options = options;
    this.scheduler =
        enabled
            ? Executors.newSingleThreadScheduledExecutor(
                task -> {
                  Thread thread = new Thread(task, "inngest-sync");
                  thread.setDaemon(true);
                  return thread;
                })
            : null;
  }

  static AutoSync start(ServeHandler handler, URI url, InngestOptions options, boolean enabled) {
    AutoSync sync = new AutoSync(handler, url, options, enabled);
    sync.next(Duration.ZERO);
    return sync;
  }

  boolean await(Duration atMost) {
    try {
      return registered.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (scheduler != null) {
      scheduler.shutdownNow();
    }
  }

  private void next(Duration after) {
    if (scheduler != null && !scheduler.isShutdown()) {
      // The attempt reports its own failures.
      var unused = scheduler.schedule(this::attempt, after.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void attempt() {
    try {
      boolean modified = handler.register(url);
      if (registered.getCount() > 0 || reported != null || modified) {
        LOG.info("Registered app \"{}\" with {}", options.appId(), options.apiUrl());
      }
      registered.countDown();
      reported = null;
      delay = FIRST_DELAY;
      if (options.dev()) {
        next(DEV_INTERVAL);
      }
    } catch (InngestException e) {
      report(String.valueOf(e.getMessage()));
      next(delay);
      Duration doubled = delay.multipliedBy(2);
      delay = doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
    } catch (RuntimeException e) {
      LOG.error("Registering the app failed for good: this is a defect of the library", e);
    }
  }

  private void report(String problem) {
    if (!problem.equals(reported)) {
      reported = problem;
      LOG.warn("{}. The app serves and keeps trying.", problem);
    }
  }
}
