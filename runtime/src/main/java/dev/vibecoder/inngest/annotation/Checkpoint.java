package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the app go on from step to step by itself and report results meanwhile, instead of being
 * called for each. (Function configuration, section 13.)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Checkpoint {
  /**
   * After how many steps results are reported.
   *
   * @return at least 1
   */
  int batchSteps() default 1;

  /**
   * After how long results are reported at the latest.
   *
   * @return an Inngest time string; empty for no such rule
   */
  String batchInterval() default "";

  /**
   * How long the app goes on in one call.
   *
   * @return an Inngest time string; empty for the app's setting
   */
  String maxRuntime() default "";
}
