package dev.vibecoder.inngest.internal.http;

import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Joins the events of callers that send at the same time into few requests. An event that finds no
 * request under way goes at once. Others wait, in order, until that request is answered or {@link
 * Limits#linger} is over, and then go together. What one caller sends at once arrives in its order;
 * what different callers send, or one without waiting, may arrive in any. Only events of one trace
 * go together, as a request names one. Safe for use by many threads.
 */
final class EventQueue {
  /**
   * The bounds of a queue.
   *
   * @param events the most events in a request
   * @param bytes the most bytes in a request, unless one event alone has more
   * @param requests how many requests are under way at most
   * @param linger how long an event waits for company while fewer are
   * @param waitingBytes how many bytes wait at most, unless one caller alone brings more
   */
  record Limits(int events, long bytes, int requests, Duration linger, long waitingBytes) {}

  private final Limits limits;
  private final Function<List<QueuedEvent>, CompletableFuture<Void>> delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Deque<QueuedEvent> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private int underWay;
  // Whose events are only in part on their way: the others follow when these have arrived.
  private @Nullable PendingSend continued;
  private boolean lingering;
  private boolean overdue;

  /**
   * An empty queue.
   *
   * @param delivery delivers a batch; never fails
   */
  EventQueue(Limits limits, Function<List<QueuedEvent>, CompletableFuture<Void>> delivery) {
    this.limits = limits;
    this.delivery = delivery;
  }

  /**
   * Adds events, unless too many wait.
   *
   * @return false if nothing was added
   */
  boolean offer(PendingSend send) {
    lock.lock();
    try {
      if (!fits(send)) {
        return false;
      }
      add(send);
    } finally {
      lock.unlock();
    }
    sendWhatIsDue();
    return true;
  }

  /** Adds events, waiting for room as long as there is none. */
  void put(PendingSend send) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!fits(send)) {
        room.await();
      }
      add(send);
    } finally {
      lock.unlock();
    }
    sendWhatIsDue();
  }

  private boolean fits(PendingSend send) {
    return waiting.isEmpty() || waitingBytes + send.bytes() <= limits.waitingBytes();
  }

  private void add(PendingSend send) {
    for (int i = 0; i < send.count(); i++) {
      waiting.add(new QueuedEvent(send, i));
    }
    waitingBytes += send.bytes();
  }

  private void sendWhatIsDue() {
    for (List<QueuedEvent> batch = next(); batch != null; batch = next()) {
      // It never fails.
      PendingSend last = batch.get(batch.size() - 1).send();
      var unused = delivery.apply(batch).whenComplete((ignored, never) -> answered(last));
    }
  }

  private void answered(PendingSend last) {
    lock.lock();
    try {
      underWay--;
      if (continued == last) {
        continued = null;
      }
    } finally {
      lock.unlock();
    }
    sendWhatIsDue();
  }

  private @Nullable List<QueuedEvent> next() {
    lock.lock();
    try {
      dropAbandoned();
      if (waiting.isEmpty() || underWay == limits.requests() || continued != null) {
        return null;
      }
      if (underWay > 0 && !overdue && !isFull()) {
        linger();
        return null;
      }
      overdue = false;
      underWay++;
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Who was interrupted no longer waits for what has not gone. */
  private void dropAbandoned() {
    while (!waiting.isEmpty() && waiting.getFirst().abandoned()) {
      remove();
    }
  }

  private boolean isFull() {
    return waiting.size() >= limits.events() || waitingBytes >= limits.bytes();
  }

  private List<QueuedEvent> take() {
    List<QueuedEvent> batch = new ArrayList<>(Math.min(waiting.size(), limits.events()));
    TraceHeaders trace = waiting.getFirst().trace();
    long bytes = 0;
    while (!waiting.isEmpty() && batch.size() < limits.events()) {
      bytes += waiting.getFirst().json().length;
      if (bytes > limits.bytes() && !batch.isEmpty()) {
        break;
      }
      if (!Objects.equals(waiting.getFirst().trace(), trace)) {
        // It has lingered with these.
        overdue = true;
        break;
      }
      batch.add(remove());
      dropAbandoned();
    }
    PendingSend last = batch.get(batch.size() - 1).send();
    continued = !waiting.isEmpty() && waiting.getFirst().send() == last ? last : null;
    return batch;
  }

  private QueuedEvent remove() {
    QueuedEvent first = waiting.removeFirst();
    waitingBytes -= first.json().length;
    room.signalAll();
    return first;
  }

  private void linger() {
    if (lingering) {
      return;
    }
    lingering = true;
    CompletableFuture.delayedExecutor(limits.linger().toNanos(), TimeUnit.NANOSECONDS)
        .execute(this::lingered);
  }

  /** What came while others lingered goes with them, a little early. */
  private void lingered() {
    lock.lock();
    try {
      lingering = false;
      overdue = !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
    sendWhatIsDue();
  }
}
