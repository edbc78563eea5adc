package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts one run for a burst of events, with the last of them, once no other has come for a while.
 * (Function configuration, section 8.)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Debounce {
  /**
   * How long no other event may come.
   *
   * @return an Inngest time string of one second to seven days
   */
  String period();

  /**
   * Separates bursts by the value of an expression.
   *
   * @return CEL over {@code event}; empty for one burst
   */
  String key() default "";

  /**
   * How long a run is put off at most.
   *
   * @return an Inngest time string not shorter than the period; empty for no end
   */
  String timeout() default "";
}
