package dev.vibecoder.inngest.devserver.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** What is to be done later, ordered by time and then by the order in which it was asked for. */
final class Timers {
  private final TreeSet<Timer> waiting =
      new TreeSet<>(Comparator.comparing(Timer::at).thenComparingLong(Timer::sequence));
  private long sequence;

  /**
   * One thing to be done.
   *
   * @param at when
   * @param sequence tells apart what is due at one time
   * @param action what
   */
  record Timer(Instant at, long sequence, Runnable action) {}

  Timer at(Instant time, Runnable action) {
    Timer timer = new Timer(time, sequence++, action);
    waiting.add(timer);
    return timer;
  }

  /** Takes one back; nothing is left of it. */
  void cancel(Timer timer) {
    waiting.remove(timer);
  }

  int size() {
    return waiting.size();
  }

  /** When the next one is due. */
  Optional<Instant> next() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().at());
  }

  /** Takes the next one that is due, or empty. */
  Optional<Runnable> due(Instant now) {
    if (waiting.isEmpty() || waiting.first().at().isAfter(now)) {
      return Optional.empty();
    }
    Timer timer = waiting.pollFirst();
    return Optional.ofNullable(timer).map(Timer::action);
  }
}
