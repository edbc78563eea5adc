package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts one run for several events, which the function takes as a list. (Function configuration,
 * section 9.) Cannot be combined with {@link CancelOn}, {@link Debounce}, {@link Singleton} and
 * {@link Priority}; {@link RateLimit} and {@code idempotency} would not be applied.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Batch {
  /**
   * How many events at most.
   *
   * @return 2 to 100
   */
  int maxSize();

  /**
   * How long the first event waits for others.
   *
   * @return a time string of at least one second in hours, minutes and seconds, such as {@code
   *     30s}; the server takes no days here
   */
  String timeout();

  /**
   * Separates batches by the value of an expression.
   *
   * @return CEL over {@code event}; empty for one batch
   */
  String key() default "";

  /**
   * Which events are batched; the others start a run of their own at once.
   *
   * @return CEL over {@code event} that gives true or false; empty for all
   */
  String when() default "";
}
