package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that is run when the function has failed for good. It runs as a function of its
 * own, {@code <id>-failure}, may call steps, and takes a {@code FunctionFailure} of the function's
 * event, and {@code Steps} and {@code FunctionContext} if wanted.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnFailure {
  /**
   * How often the handler itself is tried again: 0 to 20.
   *
   * @return number of retries
   */
  int retries() default 0;
}
