package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.annotation.Singleton.Mode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Allows one run at a time (function configuration, section 12). Immutable.
 *
 * @param mode what becomes of a run that would be the second
 * @param key CEL over {@code event}: allows one run for each of its values; null for one at all
 */
public record Singleton(Mode mode, @Nullable String key) {
  /**
   * Checks that the mode is there.
   *
   * @param mode what becomes of a run that would be the second
   * @param key CEL, or null
   */
  public Singleton {
    Objects.requireNonNull(mode, "mode");
  }

  /**
   * One run of the function.
   *
   * @param mode what becomes of a run that would be the second
   * @return the rule
   */
  public static Singleton mode(Mode mode) {
    return new Singleton(mode, null);
  }

  /**
   * The same rule for each value of an expression.
   *
   * @param expression CEL over {@code event}
   * @return a new rule
   */
  public Singleton key(String expression) {
    return new Singleton(mode, Objects.requireNonNull(expression));
  }
}
