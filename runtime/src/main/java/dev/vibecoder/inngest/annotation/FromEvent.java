package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of a step to the component of that name of the event's payload, where a step's
 * result could be meant as well.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface FromEvent {
  /**
   * Name of the component.
   *
   * @return a component; empty for the parameter's own name
   */
  String value() default "";
}
