package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a parameter part of the step's id: {@code reserve[SKU-1]}. For steps in loops and fan-outs,
 * whose results are then found again by what they are about and not by how often they came. The
 * value is a text, an integer, an enum constant or a UUID.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface StepKey {
  /**
   * Path of the component that is the key.
   *
   * @return names separated by dots, for example {@code customer.id}; empty for the parameter
   *     itself
   */
  String value() default "";
}
