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

  /**
   * Ids of steps that must be done before, where no parameter says so, in a function with {@link
   * Flow#GRAPH}.
   *
   * @return step ids
   */
  String[] after() default {};

  /**
   * Ids that the step had before: runs that are under way find its result under them.
   *
   * @return old step ids
   */
  String[] formerly() default {};

  /**
   * Exceptions after which the step is not tried again.
   *
   * @return exception classes; subclasses count
   */
  Class<? extends Throwable>[] nonRetriable() default {};

  /**
   * How often this step is tried again, whatever the function's number is: 0 to 20.
   *
   * @return number of retries; -1 for the function's
   */
  int retries() default -1;

  /**
   * How long to wait before each retry of this step.
   *
   * @return Inngest time strings of one second to 24 hours, the last of which repeats; empty for
   *     the server's own growing delays
   */
  String[] backoff() default {};

  /**
   * Whether this step's result is the function's, in a declarative function whose last step is not
   * meant.
   *
   * @return true for one step of the function at most
   */
  boolean result() default false;
}
