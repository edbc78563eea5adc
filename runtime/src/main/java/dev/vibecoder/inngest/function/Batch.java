package dev.vibecoder.inngest.function;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts one run for several events (function configuration, section 9). Immutable.
 *
 * @param maxSize how many events at most, 2 to 100
 * @param timeout how long the first event waits for others, at least one second
 * @param key CEL over {@code event}: separates batches by its values; null for one batch
 * @param when CEL over {@code event}: which events are batched; null for all
 */
public record Batch(int maxSize, Duration timeout, @Nullable String key, @Nullable String when) {
  /**
   * Checks the rules of the server.
   *
   * @param maxSize how many events at most
   * @param timeout how long the first event waits for others
   * @param key CEL, or null
   * @param when CEL, or null
   * @throws IllegalArgumentException if a number is out of its bounds
   */
  public Batch {
    if (maxSize < 2 || maxSize > 100) {
      throw new IllegalArgumentException("A batch has 2 to 100 events, not " + maxSize + ".");
    }
    Bounds.between(Duration.ofSeconds(1), timeout, Duration.ofDays(366), "The timeout of a batch");
  }

  /**
   * Batches of a function.
   *
   * @param maxSize how many events at most
   * @param timeout how long the first event waits for others
   * @return the batches
   */
  public static Batch of(int maxSize, Duration timeout) {
    return new Batch(maxSize, timeout, null, null);
  }

  /**
   * The same for each value of an expression.
   *
   * @param expression CEL over {@code event}
   * @return new batches
   */
  public Batch key(String expression) {
    return new Batch(maxSize, timeout, Objects.requireNonNull(expression), when);
  }

  /**
   * The same for some events; the others start a run of their own at once.
   *
   * @param expression CEL over {@code event} that gives true or false
   * @return new batches
   */
  public Batch when(String expression) {
    return new Batch(maxSize, timeout, key, Objects.requireNonNull(expression));
  }
}
