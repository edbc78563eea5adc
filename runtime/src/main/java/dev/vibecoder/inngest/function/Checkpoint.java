package dev.vibecoder.inngest.function;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the app goes on from step to step by itself (function configuration, section 13). Immutable.
 *
 * @param batchSteps after how many steps results are reported, at least 1
 * @param batchInterval after how long results are reported at the latest; null for no such rule
 * @param maxRuntime how long the app goes on in one call; null for the app's setting
 */
public record Checkpoint(
    int batchSteps, @Nullable Duration batchInterval, @Nullable Duration maxRuntime) {
  /**
   * Checks the bounds.
   *
   * @param batchSteps after how many steps results are reported
   * @param batchInterval after how long at the latest, or null
   * @param maxRuntime how long the app goes on, or null
   * @throws IllegalArgumentException if a value is not positive
   */
  public Checkpoint {
    Bounds.atLeast(1, batchSteps, "The number of steps between checkpoints");
    Bounds.positive(batchInterval, "The time between checkpoints");
    Bounds.positive(maxRuntime, "The longest time of one call");
  }

  /**
   * Reports after a number of steps.
   *
   * @param steps how many, at least 1
   * @return the rule
   */
  public static Checkpoint every(int steps) {
    return new Checkpoint(steps, null, null);
  }

  /**
   * The same with a latest time.
   *
   * @param longest after how long results are reported at the latest
   * @return a new rule
   */
  public Checkpoint batchInterval(Duration longest) {
    return new Checkpoint(batchSteps, longest, maxRuntime);
  }

  /**
   * The same with a longest time of one call.
   *
   * @param longest how long the app goes on
   * @return a new rule
   */
  public Checkpoint maxRuntime(Duration longest) {
    return new Checkpoint(batchSteps, batchInterval, longest);
  }
}
