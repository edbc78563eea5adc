package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.annotation.Scope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many steps of a function are executed at the same time (function configuration, section 4).
 * Immutable.
 *
 * @param limit how many, at least 0; 0 is the limit of the account's plan
 * @param scope over what is counted
 * @param key CEL over {@code event}: counts separately for each of its values; null for one count
 * @param wholeRuns whether whole runs are counted instead of steps that are being executed
 */
public record Concurrency(int limit, Scope scope, @Nullable String key, boolean wholeRuns) {
  /**
   * Checks the rules of the server.
   *
   * @param limit how many
   * @param scope over what is counted
   * @param key CEL, or null
   * @param wholeRuns whether whole runs are counted
   * @throws IllegalArgumentException if the limit is negative, a scope beyond the function has no
   *     key, or runs are to be counted beyond the function or with the limit 0
   */
  public Concurrency {
    Objects.requireNonNull(scope, "scope");
    if (limit < 0) {
      throw new IllegalArgumentException("A concurrency limit is at least 0, not " + limit + ".");
    }
    if (scope != Scope.FN && key == null) {
      throw new IllegalArgumentException(
          "A concurrency limit of the scope " + scope + " needs a key, as in key(\"'payments'\").");
    }
    if (wholeRuns && scope != Scope.FN) {
      throw new IllegalArgumentException("Whole runs can only be counted in the scope FN.");
    }
    if (wholeRuns && limit == 0) {
      throw new IllegalArgumentException(
          "A limit of whole runs is at least 1: 0, the limit of the plan, is for steps alone.");
    }
  }

  /**
   * A limit of the function.
   *
   * @param limit how many at the same time
   * @return the limit
   */
  public static Concurrency limit(int limit) {
    return new Concurrency(limit, Scope.FN, null, false);
  }

  /**
   * The same limit for each value of an expression.
   *
   * @param expression CEL over {@code event}
   * @return a new limit
   */
  public Concurrency key(String expression) {
    return new Concurrency(limit, scope, Objects.requireNonNull(expression), wholeRuns);
  }

  /**
   * The same limit over all functions of an environment or account that use the same key.
   *
   * @param newScope over what is counted
   * @param expression CEL over {@code event}, or a constant such as {@code 'payments'}
   * @return a new limit
   */
  public Concurrency shared(Scope newScope, String expression) {
    return new Concurrency(limit, newScope, Objects.requireNonNull(expression), wholeRuns);
  }

  /**
   * The same limit over whole runs, sleeping and waiting ones included.
   *
   * @return a new limit
   */
  public Concurrency ofWholeRuns() {
    return new Concurrency(limit, scope, key, true);
  }
}
