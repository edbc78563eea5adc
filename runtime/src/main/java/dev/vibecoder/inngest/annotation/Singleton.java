package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Allows one run at a time. (Function configuration, section 12.) */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Singleton {
  /** What becomes of a run that would be the second. */
  enum Mode {
    /** It is not started. */
    SKIP,
    /** The first is cancelled. */
    CANCEL
  }

  /**
   * Allows one run for each value of an expression; {@code false} lifts the rule for an event.
   *
   * @return CEL over {@code event}; empty for one run of the function
   */
  String key() default "";

  /**
   * What becomes of a run that would be the second.
   *
   * @return the mode
   */
  Mode mode() default Mode.SKIP;
}
