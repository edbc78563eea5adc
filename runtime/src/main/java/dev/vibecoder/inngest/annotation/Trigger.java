package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts a function by an event under a condition of its own. With {@code event}, {@code on},
 * {@code cron} and {@link Cron} together a function has at most ten triggers.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Trigger.All.class)
public @interface Trigger {
  /**
   * The event.
   *
   * @return its name, or a pattern that ends in {@code /*} or {@code .*}; empty if {@link #on()}
   *     names it
   */
  String event() default "";

  /**
   * The payload of the event.
   *
   * @return one class with {@link InngestEvent}, or a sealed one whose permitted classes have it;
   *     empty if {@link #event()} names it
   */
  Class<?>[] on() default {};

  /**
   * Which of the events start the function.
   *
   * @return CEL over {@code event} that gives true or false; empty for all
   */
  String when() default "";

  /** Holds several; written by the compiler. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /**
     * The triggers.
     *
     * @return in the order in which they are written
     */
    Trigger[] value();
  }
}
