package dev.vibecoder.inngest.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Written by the processor on the marker classes of the package {@code
 * dev.vibecoder.inngest.index}: tells the compilation of another module which functions and events
 * a jar declares. Not for use by hand.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface IndexEntry {
  /** What an entry describes. */
  enum Kind {
    /** A function; the name is its id. */
    FUNCTION,
    /** An event with a payload class; the name is the event's. */
    EVENT
  }

  /**
   * What is described.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * Id of the function or name of the event.
   *
   * @return the id or name
   */
  String name();

  /**
   * The annotated class.
   *
   * @return its canonical name
   */
  String source();

  /**
   * The class generated from it.
   *
   * @return its canonical name
   */
  String generated();

  /**
   * What starts a function.
   *
   * @return names of events, and patterns
   */
  String[] handles() default {};

  /**
   * What the code of a function sends.
   *
   * @return names of events, as far as they can be told; {@code *} if it may be any
   */
  String[] sends() default {};

  /**
   * What the code of a function waits for, and what cancels it.
   *
   * @return names of events and patterns, as far as they can be told; {@code *} if it may be any
   */
  String[] waitsFor() default {};
}
