package dev.vibecoder.inngest.server;

import java.util.ArrayDeque;
import java.util.Queue;
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
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * A gate through which nothing has come yet.
   *
   * @param atOnce how many calls run at once
   * @param waitingAtMost how many more wait
   */
  CallGate(int atOnce, int waitingAtMost) {
    this.atOnce = atOnce;
    this.waitingAtMost = waitingAtMost;
  }

  /**
   * Runs a call on this thread and then those that have come to wait meanwhile; or has it wait for
   * a thread that ends a call.
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
    for (@Nullable Runnable next = call; next != null; next = next()) {
      run(next);
    }
    return true;
  }

  /** Whatever happens in one call, those that wait behind it get their turn. */
  private static void run(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A call ended with what should not have come here: a defect of the library", e);
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
