package dev.vibecoder.inngest;

import dev.vibecoder.inngest.internal.json.UnicodeText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A signal that one run waits for and another run, or anybody, sends: a name that is unique at any
 * time, such as {@code order-17-approved}, and the type of what comes with it. Immutable.
 *
 * @param name the name, not empty
 * @param data type of what comes with it
 * @param <T> type of what comes with it
 */
public record Signal<T extends @Nullable Object>(String name, TypeRef<T> data) {
  /**
   * Checks the name.
   *
   * @param name the name
   * @param data type of what comes with it
   */
  public Signal {
    if (name.isBlank()) {
      throw new IllegalArgumentException("The name of a signal is empty.");
    }
    if (!UnicodeText.isWhole(name)) {
      throw new IllegalArgumentException("The name of a signal: " + UnicodeText.problem(name));
    }
    Objects.requireNonNull(data, "data");
  }

  /**
   * A signal.
   *
   * @param name the name
   * @param data type of what comes with it
   * @param <T> type of what comes with it
   * @return the signal
   * @throws IllegalArgumentException if the name is empty
   */
  public static <T> Signal<T> of(String name, Class<T> data) {
    return new Signal<>(name, TypeRef.of(data));
  }

  /** What happens if another run waits for the signal already. */
  public enum Conflict {
    /** The run that waits later fails. */
    FAIL,
    /** The run that waited before no longer gets the signal; it goes on when its time is over. */
    REPLACE
  }

  /**
   * A signal that came.
   *
   * @param name the signal's name
   * @param data what came with it, null if nothing did
   * @param <T> type of what came with it
   */
  public record Received<T extends @Nullable Object>(String name, @Nullable T data) {}
}
