package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cancels a run when an event comes; at most five a function. (Function configuration, section 11.)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(CancelOn.All.class)
public @interface CancelOn {
  /**
   * The event that cancels.
   *
   * @return its name, no pattern; empty if {@link #on()} names it
   */
  String event() default "";

  /**
   * The payload of the event that cancels.
   *
   * @return one class with {@link InngestEvent}; empty if {@link #event()} names it
   */
  Class<?>[] on() default {};

  /**
   * Where both events must hold the same value. With {@link #when()} as well, both must be true.
   *
   * @return a path such as {@code data.orderId}; empty for no such rule
   */
  String match() default "";

  /**
   * When the event cancels.
   *
   * @return CEL over {@code event}, which started the run, and {@code async}, which cancels it,
   *     without functions; empty for always
   */
  String when() default "";

  /**
   * How long after the start of a run the event is listened to.
   *
   * @return an Inngest time string; empty for the whole run
   */
  String timeout() default "";

  /** Holds several; written by the compiler. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /**
     * The rules.
     *
     * @return in the order in which they are written
     */
    CancelOn[] value();
  }
}
