package dev.vibecoder.inngest.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
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
  private final Set<Running> inProgress = new LinkedHashSet<>();
  private long waitingBytes;
  // With those that are handed to another thread just now.
  private int running;
  private boolean cutOff;

  /**
   * A call that found no place.
   *
   * @param call the call
   * @param what names it in the log
   * @param bytes how much memory it holds
   */
  private record Waiting(Runnable call, Object what, long bytes) {}

  /** A call that runs, on the thread that made this; each is another. */
  private static final class Running {
    final Thread thread = Thread.currentThread();
    final Object what;

    Running(Object what) {
      this.what = what;
    }
  }

  /**
   * What was cut off.
   *
   * @param running names the calls that ran
   * @param waiting how many waited for them
   */
  record CutOff(List<String> running, int waiting) {}

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
   * @param what names it in the log
   * @param bytes how much memory it holds
   * @return false if it was turned away
   */
  boolean enter(Runnable call, Object what, long bytes) {
    Running here;
    synchronized (waiting) {
      if (cutOff) {
        return false;
      }
      if (running == atOnce) {
        return await(new Waiting(call, what, bytes));
      }
      running++;
      here = begin(what);
    }
    run(call, here);
    return true;
  }

  /**
   * Interrupts the calls that run, whatever kind of thread they run on, and drops those that wait.
   * None begins after that.
   */
  CutOff cutOff() {
    List<Object> interrupted = new ArrayList<>();
    int dropped;
    synchronized (waiting) {
      cutOff = true;
      dropped = waiting.size();
      waiting.clear();
      waitingBytes = 0;
      for (Running call : inProgress) {
        // Not after it has ended: its thread may do something else then.
        call.thread.interrupt();
        interrupted.add(call.what);
      }
    }
    return new CutOff(interrupted.stream().map(Object::toString).toList(), dropped);
  }

  private boolean await(Waiting call) {
    if (waiting.size() >= waitingAtMost || call.bytes() > waitingBytesAtMost - waitingBytes) {
      return false;
    }
    waitingBytes += call.bytes();
    return waiting.add(call);
  }

  private Running begin(Object what) {
    Running here = new Running(what);
    inProgress.add(here);
    return here;
  }

  /** Whatever happens in one call, the one that waits behind it gets its turn. */
  private void run(Runnable call, Running here) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A call ended with what should not have come here: a defect of the library", e);
    }
    Waiting next = next(here);
    if (next != null) {
      handOver(next);
    }
  }

  private void handOver(Waiting next) {
    try {
      threads.execute(() -> runHere(next));
    } catch (RejectedExecutionException stopping) {
      // Who waits is answered all the same, on this thread.
      runHere(next);
    }
  }

  private void runHere(Waiting next) {
    Running here;
    synchronized (waiting) {
      if (cutOff) {
        running--;
        return;
      }
      here = begin(next.what());
    }
    run(next.call(), here);
  }

  private @Nullable Waiting next(Running ended) {
    synchronized (waiting) {
      inProgress.remove(ended);
      Waiting next = waiting.poll();
      if (next == null) {
        running--;
        return null;
      }
      waitingBytes -= next.bytes();
      return next;
    }
  }
}
