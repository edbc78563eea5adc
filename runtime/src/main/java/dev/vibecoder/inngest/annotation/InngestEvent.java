package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares the payload of an event: a record or a class that Jackson can write and read. A typed
 * event class is generated beside it, named after the event: {@code demo/hello.world} gives {@code
 * HelloWorldEvent}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InngestEvent {
  /**
   * The event's name, for example {@code shop/order.placed}; at most 255 characters, not beginning
   * with {@code inngest/}.
   *
   * @return the name
   */
  String value();

  /**
   * Simple name of the generated event class, where the one derived from the event's name is taken.
   *
   * @return a Java identifier; empty for the derived name
   */
  String typeName() default "";

  /**
   * Version of the payload, sent with every event in its key {@code v}.
   *
   * @return any text; empty for none
   */
  String version() default "";

  /**
   * Whether other systems send the event or handle it. The processor then does not wonder that it
   * is sent and handled nowhere, or waited for and never sent.
   *
   * @return true if others take part
   */
  boolean external() default false;
}
