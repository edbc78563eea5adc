package dev.vibecoder.inngest.middleware;

import java.util.Objects;

/**
 * Names a value that middleware puts into a {@link CallContext} for its later hooks, for other
 * middleware or for the function. Two keys are never equal, even if their names are; keep the key
 * in a constant. Immutable.
 *
 * @param <T> type of the value
 */
// T is what makes a lookup type-safe.
@SuppressWarnings("UnusedTypeParameter")
public final class ContextKey<T> {
  private final String name;

  private ContextKey(String name) {
    this.name = name;
  }

  /**
   * A new key.
   *
   * @param name shown to people only
   * @param <T> type of the value
   * @return a key that equals no other
   */
  public static <T> ContextKey<T> of(String name) {
    return new ContextKey<>(Objects.requireNonNull(name, "name"));
  }

  @Override
  public String toString() {
    return name;
  }
}
