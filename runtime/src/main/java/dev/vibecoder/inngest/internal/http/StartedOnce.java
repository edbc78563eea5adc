package dev.vibecoder.inngest.internal.http;

import dev.vibecoder.inngest.InngestException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is started at its first use, and again at the next if that failed. It starts on a thread of
 * its own: whoever uses it first may be interrupted, and what is interrupted while it starts could
 * be broken for everybody. Safe for use by many threads.
 */
final class StartedOnce<T> {
  private final String threadName;
  private final Supplier<T> start;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable T started;

  StartedOnce(String threadName, Supplier<T> start) {
    this.threadName = threadName;
    this.start = start;
  }

  /**
   * What was started; an interrupt neither ends the wait for it nor is lost.
   *
   * @throws InngestException if it does not start this time
   */
  T get() {
    T present = started;
    if (present != null) {
      return present;
    }
    lock.lock();
    try {
      present = started;
      if (present == null) {
        present = start();
        started = present;
      }
      return present;
    } finally {
      lock.unlock();
    }
  }

  private T start() {
    CompletableFuture<T> starting = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                starting.complete(start.get());
              } catch (RuntimeException | Error failure) {
                starting.completeExceptionally(failure);
              }
            },
            threadName);
    thread.setDaemon(true);
    thread.start();
    try {
      return starting.join();
    } catch (CompletionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof InngestException told) {
        throw told;
      }
      throw new InngestException("The HTTP client did not start: " + cause, cause);
    }
  }
}
