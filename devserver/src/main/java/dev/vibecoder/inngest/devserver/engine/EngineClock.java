package dev.vibecoder.inngest.devserver.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The only source of time for the engine. Safe for use by several threads. */
public interface EngineClock {
  /**
   * The present.
   *
   * @return the present
   */
  Instant now();

  /**
   * How long the engine may rest until a time comes.
   *
   * @param time the time it waits for
   * @return the real time until then, or null if only {@link #onChange} can bring it nearer
   */
  @Nullable Duration until(Instant time);

  /**
   * Registers what is to be told when the present jumps.
   *
   * @param listener called on any thread
   */
  void onChange(Runnable listener);

  /**
   * The real time.
   *
   * @return a clock that never jumps
   */
  static EngineClock real() {
    Clock clock = Clock.systemUTC();
    return new EngineClock() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public Duration until(Instant time) {
        return Duration.between(clock.instant(), time);
      }

      @Override
      public void onChange(Runnable listener) {
        // The real time never jumps.
      }
    };
  }
}
