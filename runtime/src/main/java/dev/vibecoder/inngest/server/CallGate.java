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
 * comes beyond the bound of those is turned away.
 *
 * <p>Safe for use by many threads.
 */
final class CallGate {
  private static final Logger LOG = LoggerFactory.getLogger(CallGate.class);

  private final int atOnce;
  private final int waitingAtMost;
  private final Executor threads;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * A gate through which nothing has come yet.
   *
   * @param atOnce how many calls run at once
   * @param waitingAtMost how many more wait
   * @param threads run those that have waited
   */
  CallGate(int atOnce, int waitingAtMost, Executor threads) {
    this.atOnce = atOnce;
    this.waitingAtMost = waitingAtMost;
    this.threads = threads;
  }

  /**
   * Runs a call on this thread, or has it wait for another to end. A thread that has ended a call
   * goes back to its connection: those that waited run on threads of their own.
   *
   * @param call what it throws is logged
   * @return false if it was turned away
   */
  boolean enter(Runnable call) {
    synchronized (waiting) {
      if (running == atOnce) {
        return waiting.size() < waitingAtMost && waiting.add(call);
      }
      running++;
    }
    run(call);
    return true;
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
      Runnable next = waiting.poll();
      if (next == null) {
        running--;
      }
      return next;
    }
  }
}
