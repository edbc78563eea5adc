package dev.vibecoder.inngest.internal.http;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Joins the events of callers that send at the same time into few requests. An event that finds no
 * request under way goes at once. Others wait, in order, until that request is answered or {@link
 * Limits#linger} is over, and then go together. What one caller sends at once arrives in its order:
 * where it is too much for one request, the rest follows when that is answered, behind all that
 * came meanwhile, so that a large send holds up nobody else. What different callers send, or one
 * without waiting, may arrive in any order. Only events of one trace go together, as a request
 * names one. Safe for use by many threads.
 */
final class EventQueue {
  /**
   * The bounds of a queue.
   *
   * @param events the most events in a request
   * @param bytes the most bytes in a request, unless one event alone has more
   * @param requests how many requests are under way at most
   * @param linger how long an event waits for company while fewer are
   * @param offeredBytes how many bytes that nobody waits for are kept at most, unless one caller
   *     alone brings more
   */
  record Limits(int events, long bytes, int requests, Duration linger, long offeredBytes) {}

  /** What has not gone of one caller's events. */
  private static final class Rest {
    final PendingSend send;
    // Who waits keeps the events in memory anyway; what was only offered is kept by the queue.
    final boolean offered;
    private int next;
    private long bytes;

    Rest(PendingSend send, boolean offered) {
      this.send = send;
      this.offered = offered;
      this.bytes = send.bytes();
    }

    int events() {
      return send.count() - next;
    }

    int firstBytes() {
      return send.event(next).length;
    }

    QueuedEvent remove() {
      bytes -= firstBytes();
      return new QueuedEvent(send, next++);
    }
  }

  /**
   * A request.
   *
   * @param events what goes in it
   * @param rest whose events are only in part in it, or null
   */
  private record Batch(List<QueuedEvent> events, @Nullable Rest rest) {}

  private final Limits limits;
  private final Function<List<QueuedEvent>, CompletableFuture<Void>> delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Rest> waiting = new ArrayDeque<>();
  private int waitingEvents;
  private long waitingBytes;
  private long offeredBytes;
  private int underWay;
  private boolean lingering;
  private boolean overdue;

  /**
   * An empty queue.
   *
   * @param delivery delivers a batch, and settles each of its events
   */
  EventQueue(Limits limits, Function<List<QueuedEvent>, CompletableFuture<Void>> delivery) {
    this.limits = limits;
    this.delivery = delivery;
  }

  /**
   * Adds events that nobody waits for, unless there are too many of those.
   *
   * @return false if nothing was added
   */
  boolean offer(PendingSend send) {
    lock.lock();
    try {
      if (offeredBytes > 0 && offeredBytes + send.bytes() > limits.offeredBytes()) {
        return false;
      }
      offeredBytes += send.bytes();
      add(new Rest(send, true));
    } finally {
      lock.unlock();
    }
    sendWhatIsDue();
    return true;
  }

  /** Adds events whose caller waits for them. */
  void put(PendingSend send) {
    lock.lock();
    try {
      add(new Rest(send, false));
    } finally {
      lock.unlock();
    }
    sendWhatIsDue();
  }

  private void add(Rest rest) {
    waiting.addLast(rest);
    waitingEvents += rest.events();
    waitingBytes += rest.bytes;
  }

  private void sendWhatIsDue() {
    for (Batch batch = next(); batch != null; batch = next()) {
      Batch sent = batch;
      var unused =
          deliver(sent.events()).whenComplete((ignored, failure) -> answered(sent, failure));
    }
  }

  /** Whatever happens, the request is answered: its place is another's then. */
  private CompletableFuture<Void> deliver(List<QueuedEvent> events) {
    try {
      return delivery.apply(events);
    } catch (RuntimeException | Error defect) {
      return CompletableFuture.failedFuture(defect);
    }
  }

  private void answered(Batch batch, @Nullable Throwable failure) {
    if (failure != null) {
      InngestException told = new InngestException("Cannot send events: " + failure, failure);
      batch.events().forEach(event -> event.failed(told));
    }
    lock.lock();
    try {
      underWay--;
      if (batch.rest() != null) {
        add(batch.rest());
      }
    } finally {
      lock.unlock();
    }
    sendWhatIsDue();
  }

  private @Nullable Batch next() {
    lock.lock();
    try {
      dropAbandoned();
      if (waiting.isEmpty() || underWay == limits.requests()) {
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
    while (!waiting.isEmpty() && waiting.getFirst().send.settled().isDone()) {
      Rest abandoned = waiting.removeFirst();
      waitingEvents -= abandoned.events();
      waitingBytes -= abandoned.bytes;
      if (abandoned.offered) {
        offeredBytes -= abandoned.bytes;
      }
    }
  }

  private boolean isFull() {
    return waitingEvents >= limits.events() || waitingBytes >= limits.bytes();
  }

  private Batch take() {
    List<QueuedEvent> batch = new ArrayList<>(Math.min(waitingEvents, limits.events()));
    TraceHeaders trace = waiting.getFirst().send.trace();
    long room = limits.bytes();
    while (!waiting.isEmpty()) {
      Rest first = waiting.getFirst();
      if (!Objects.equals(first.send.trace(), trace)) {
        // It has lingered with these.
        overdue = true;
        break;
      }
      int before = batch.size();
      room -= move(first, batch, room);
      if (first.events() > 0) {
        return new Batch(batch, batch.size() > before ? setAside(first) : null);
      }
      waiting.removeFirst();
      dropAbandoned();
    }
    return new Batch(batch, null);
  }

  /** Moves as many events as there is room for. */
  private long move(Rest from, List<QueuedEvent> batch, long room) {
    long moved = 0;
    int events = 0;
    while (from.events() > 0
        && batch.size() < limits.events()
        && (batch.isEmpty() || moved + from.firstBytes() <= room)) {
      moved += from.firstBytes();
      events++;
      batch.add(from.remove());
    }
    waitingEvents -= events;
    waitingBytes -= moved;
    if (from.offered) {
      offeredBytes -= moved;
    }
    return moved;
  }

  /**
   * What is left of a send waits for its first part to arrive, and does not keep others waiting.
   */
  private Rest setAside(Rest first) {
    waiting.removeFirst();
    waitingEvents -= first.events();
    waitingBytes -= first.bytes;
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
