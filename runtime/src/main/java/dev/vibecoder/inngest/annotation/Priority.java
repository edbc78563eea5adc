package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets some runs start before others that wait. (Function configuration, section 10.) */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Priority {
  /**
   * By how many seconds a run is put before others.
   *
   * @return CEL over {@code event} that gives a number, for example {@code event.data.vip ? 120 :
   *     0}; the server keeps it within 12 hours either way
   */
  String value();
}
