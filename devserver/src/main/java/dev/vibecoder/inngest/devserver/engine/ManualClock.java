package dev.vibecoder.inngest.devserver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until it is advanced; for tests. */
public final class ManualClock implements EngineClock {
  private Instant present;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * A clock at a given time.
   *
   * @param start the time
   */
  public ManualClock(Instant start) {
    present = start;
  }

  @Override
  public synchronized Instant now() {
    return present;
  }

  @Override
  public @Nullable Duration until(Instant time) {
    return null;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Lets time pass.
   *
   * @param duration how much
   */
  public void advance(Duration duration) {
    synchronized (this) {
      present = present.plus(duration);
    }
    listeners.forEach(Runnable::run);
  }
}
