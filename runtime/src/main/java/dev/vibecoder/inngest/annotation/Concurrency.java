package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how many steps of a function are executed at the same time; at most two limits a function.
 * Runs that sleep or wait do not count. (Function configuration, section 4.)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Concurrency.All.class)
public @interface Concurrency {
  /**
   * How many at the same time.
   *
   * @return at least 0; 0 is the limit of the account's plan
   */
  int limit();

  /**
   * Over what is counted.
   *
   * @return the scope; all but {@link Scope#FN} need a {@link #key()}
   */
  Scope scope() default Scope.FN;

  /**
   * Counts separately for each value of an expression.
   *
   * @return CEL over {@code event}; empty for one count
   */
  String key() default "";

  /**
   * Whether whole runs are counted, sleeping and waiting ones included, instead of steps that are
   * being executed. Possible once a function, in the scope {@link Scope#FN}.
   *
   * @return true to count runs
   */
  boolean wholeRuns() default false;

  /** Holds several; written by the compiler. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /**
     * The limits.
     *
     * @return in the order in which they are written
     */
    Concurrency[] value();
  }
}
