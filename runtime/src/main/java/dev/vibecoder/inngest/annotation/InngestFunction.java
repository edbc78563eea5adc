package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a durable function: a class whose {@link Step} methods are run, retried and remembered
 * one by one.
 *
 * <p>The class must be neither final nor abstract, and its constructor gives it everything it
 * needs. It has either a {@link Handler} method, which is ordinary code that calls the steps, or
 * none: then the steps themselves are the function, in the order in which they are declared, and
 * the result of the last one is the function's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InngestFunction {
  /**
   * The function's id, unique in its app: lower-case letters, digits and hyphens, at most 64
   * characters. It is part of the run's identity, so it must not change while runs are under way.
   *
   * @return the id
   */
  String id();

  /**
   * The name shown in dashboards; the id when empty.
   *
   * @return any text
   */
  String name() default "";

  /**
   * The events that start the function: one or more names, or patterns that end in {@code /*} or
   * {@code .*}.
   *
   * @return event names
   */
  String[] event() default {};

  /**
   * The events that start the function, by their payloads. A sealed type stands for all its
   * permitted classes.
   *
   * @return classes with {@link InngestEvent}
   */
  Class<?>[] on() default {};

  /**
   * Which of the events of {@link #event()} and {@link #on()} start the function.
   *
   * @return CEL over {@code event} that gives true or false; empty for all
   */
  String when() default "";

  /**
   * Starts the function by the clock; see {@link Cron} for jitter and zone.
   *
   * @return schedules of five fields, optionally after {@code TZ=<zone> }
   */
  String[] cron() default {};

  /**
   * How often a failed step, or the function outside its steps, is tried again: 0 to 20.
   *
   * @return number of retries; -1 leaves it to the server, which retries four times
   */
  int retries() default -1;

  /**
   * Starts one run only for all events with the same value within 24 hours.
   *
   * @return CEL over {@code event}, for example {@code event.data.orderId}; empty for none
   */
  String idempotency() default "";

  /**
   * How the steps of a function without a {@link Handler} are put together.
   *
   * @return the flow
   */
  Flow flow() default Flow.SEQUENTIAL;

  /**
   * What the function does, for people.
   *
   * @return any text
   */
  String description() default "";
}
