package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a durable step: once it has returned, its result is recorded and the method is not
 * run again in that run, whatever happens to the process.
 *
 * <p>The method must be overridable. Its result travels as JSON. Exceptions it declares come back
 * as themselves where it is called, when they have a constructor with the parameters {@code
 * (String)} or {@code (String, Throwable)}; all others come back as {@code StepFailedException}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Step {
  /**
   * The step's id, unique in the function: any text without {@code [ ] : >} and control characters.
   *
   * @return the id; empty for the method's name in kebab-case
   */
  String value() default "";

  /**
   * The name shown in dashboards; the id when empty.
   *
   * @return any text
   */
  String name() default "";
}
