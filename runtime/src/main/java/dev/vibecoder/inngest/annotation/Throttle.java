package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how many runs start in a period; the others wait their turn. (Function configuration,
 * section 5.)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Throttle {
  /**
   * How many runs start in a period.
   *
   * @return at least 1
   */
  int limit();

  /**
   * The period.
   *
   * @return an Inngest time string of one second to seven days, for example {@code 1m}
   */
  String period();

  /**
   * How many runs may start at once beyond the even flow.
   *
   * @return at least 1; 0 leaves it to the server
   */
  int burst() default 0;

  /**
   * Counts separately for each value of an expression.
   *
   * @return CEL over {@code event}; empty for one count
   */
  String key() default "";
}
