package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that is run when a run of the function has been cancelled. It runs as a function
 * of its own, {@code <id>-cancelled}, may call steps, and takes a {@code FunctionCancellation} of
 * the function's event, and {@code Steps} and {@code FunctionContext} if wanted. The server tells
 * no reason: it is called for an event, the API, both timeouts and a singleton that cancels.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnCancelled {
  /**
   * How often the handler itself is tried again: 0 to 20.
   *
   * @return number of retries
   */
  int retries() default 0;
}
