package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Starts a function by the clock; it takes a {@code CronEvent}. (Function configuration, 3.) */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Cron.All.class)
public @interface Cron {
  /**
   * When.
   *
   * @return five fields: minute, hour, day of month, month, day of week (0 to 6, or names)
   */
  String value();

  /**
   * Spreads the starts.
   *
   * @return an Inngest time string of one second to five minutes; empty for none
   */
  String jitter() default "";

  /**
   * The zone of the times.
   *
   * @return an IANA zone, for example {@code Europe/Paris}; empty for UTC
   */
  String zone() default "";

  /** Holds several; written by the compiler. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /**
     * The schedules.
     *
     * @return in the order in which they are written
     */
    Cron[] value();
  }
}
