package dev.vibecoder.inngest.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a bounded number of calls run at once, so that blocked functions never hold every thread of
 * the server. What comes beyond that waits, first come first served and without a thread; what
 * comes beyond the bounds of those, in number and in bytes, is turned away. Only calls that may run
 * come here: a stranger must not take a place.
 *
 * <p>Safe for use by many threads.
 */
final class CallGate {
  private static final Logger LOG = LoggerFactory.getLogger(CallGate.class);

  private final int atOnce;
  private final int waitingAtMost;
  private final long waitingBytesAtMost;
  private final Executor threads;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private int running;

  /**
   * A call that found no place.
   *
   * @param call the call
   * @param bytes how much memory it holds
   */
  private record Waiting(Runnable call, long bytes) {}

  /**
   * A gate through which nothing has come yet.
   *
   * @param atOnce how many calls run at once
   * @param waitingAtMost how many more wait
   * @param waitingBytesAtMost how many bytes those that wait hold together
   * @param threads run those that have waited
   */
  CallGate(int atOnce, int waitingAtMost, long waitingBytesAtMost, Executor threads) {
    this.atOnce = atOnce;
    this.waitingAtMost = waitingAtMost;
    this.waitingBytesAtMost = waitingBytesAtMost;
    this.threads = threads;
  }

  /**
   * Runs a call on this thread, or has it wait for another to end. A thread that has ended a call
   * goes back to its connection: those that waited run on threads of their own.
   *
   * @param call what it throws is logged
   * @param bytes how much memory it holds
   * @return false if it was turned away
   */
  boolean enter(Runnable call, long bytes) {
    synchronized (waiting) {
      if (running == atOnce) {
        return await(call, bytes);
      }
      running++;
    }
    run(call);
    return true;
  }

  /** How many calls run now. */
  int running() {
    synchronized (waiting) {
      return running;
    }
  }

  private boolean await(Runnable call, long bytes) {
    if (waiting.size() >= waitingAtMost || bytes > waitingBytesAtMost - waitingBytes) {
      return false;
    }
    waitingBytes += bytes;
    return waiting.add(new Waiting(call, bytes));
  }

  /** Whatever happens in one call, the one that waits behind it gets its turn. */
  private void run(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A call ended with what should not have come here: a defect of the library", e);
    }
    Runnable next = next();
    if (next != null) {
      handOver(next);
    }
  }

  private void handOver(Runnable next) {
    try {
      threads.execute(() -> run(next));
    } catch (RejectedExecutionException stopping) {
      // Who waits is answered all the same, on this thread.
      run(next);
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      Waiting next = waiting.poll();
      if (next == null) {
        running--;
        return null;
      }
      waitingBytes -= next.bytes();
      return next.call();
    }
  }
}
