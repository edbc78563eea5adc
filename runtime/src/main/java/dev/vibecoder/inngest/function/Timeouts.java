package dev.vibecoder.inngest.function;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cancels runs that take too long (function configuration, section 13). Immutable.
 *
 * @param start how long a run may wait for its start; null for no end
 * @param finish how long a run may take from its start; null for no end
 */
public record Timeouts(@Nullable Duration start, @Nullable Duration finish) {
  /** No end. */
  public static final Timeouts NONE = new Timeouts(null, null);

  /**
   * Checks that the times are positive.
   *
   * @param start how long a run may wait for its start
   * @param finish how long a run may take
   * @throws IllegalArgumentException if one is not positive
   */
  public Timeouts {
    Bounds.positive(start, "The start timeout");
    Bounds.positive(finish, "The finish timeout");
  }

  /**
   * The same with an end of waiting.
   *
   * @param longest how long a run may wait for its start
   * @return new timeouts
   */
  public Timeouts start(Duration longest) {
    return new Timeouts(longest, finish);
  }

  /**
   * The same with an end of running.
   *
   * @param longest how long a run may take from its start
   * @return new timeouts
   */
  public Timeouts finish(Duration longest) {
    return new Timeouts(start, longest);
  }
}
