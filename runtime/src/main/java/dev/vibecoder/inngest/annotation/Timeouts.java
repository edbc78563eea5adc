package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Cancels runs that take too long. (Function configuration, section 13.) */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Timeouts {
  /**
   * How long a run may wait for its start.
   *
   * @return an Inngest time string; empty for no end
   */
  String start() default "";

  /**
   * How long a run may take from its start.
   *
   * @return an Inngest time string; empty for no end
   */
  String finish() default "";
}
