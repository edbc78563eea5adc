package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how many runs start in a period; events beyond it start none. (Function configuration,
 * section 6.)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RateLimit {
  /**
   * How many runs start in a period.
   *
   * @return at least 1
   */
  int limit();

  /**
   * The period.
   *
   * @return an Inngest time string of one second to 24 hours, for example {@code 1h}
   */
  String period();

  /**
   * Counts separately for each value of an expression; {@code false} lifts the limit for an event.
   *
   * @return CEL over {@code event}; empty for one count
   */
  String key() default "";
}
