package dev.vibecoder.inngest.devserver.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** What is to be done later, ordered by time and then by the order in which it was asked for. */
final class Timers {
  private final PriorityQueue<Timer> heap =
      new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparingLong(Timer::sequence));
  private long sequence;

  /** One thing to be done; a cancelled timer stays in the heap and does nothing. */
  static final class Timer {
    private final Instant at;
    private final long sequence;
    private final Runnable action;
    private boolean cancelled;

    Timer(Instant at, long sequence, Runnable action) {
      this.at = at;
      this.sequence = sequence;
      this.action = action;
    }

    Instant at() {
      return at;
    }

    long sequence() {
      return sequence;
    }

    void cancel() {
      cancelled = true;
    }
  }

  Timer at(Instant time, Runnable action) {
    Timer timer = new Timer(time, sequence++, action);
    heap.add(timer);
    return timer;
  }

  /** When the next one is due. */
  Optional<Instant> next() {
    while (!heap.isEmpty() && heap.peek().cancelled) {
      heap.poll();
    }
    return Optional.ofNullable(heap.peek()).map(Timer::at);
  }

  /** Takes the next one that is due, or empty. */
  Optional<Runnable> due(Instant now) {
    Optional<Instant> next = next();
    if (next.isEmpty() || next.get().isAfter(now)) {
      return Optional.empty();
    }
    Timer timer = heap.poll();
    return Optional.ofNullable(timer).map(due -> due.action);
  }
}
