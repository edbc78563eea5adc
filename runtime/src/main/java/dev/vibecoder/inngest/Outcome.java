package dev.vibecoder.inngest;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a branch of a group ended.
 *
 * @param <T> result of the branch
 */
public sealed interface Outcome<T extends @Nullable Object> {
  /**
   * Whether the branch has a result.
   *
   * @return false if it failed
   */
  default boolean succeeded() {
    return this instanceof Success;
  }

  /**
   * The branch returned.
   *
   * @param value its result
   * @param <T> type of the result
   */
  record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

  /**
   * The branch failed.
   *
   * @param error what it threw
   * @param <T> type of the result there would have been
   */
  record Failure<T extends @Nullable Object>(Exception error) implements Outcome<T> {
    /**
     * Checks that there is an error.
     *
     * @param error what the branch threw
     */
    public Failure {
      Objects.requireNonNull(error, "error");
    }
  }
}
