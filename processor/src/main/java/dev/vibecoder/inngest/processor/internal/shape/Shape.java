package dev.vibecoder.inngest.processor.internal.shape;

import java.util.List;

/**
 * What a value looks like as JSON. Objects are named, so that shapes of recursive types end: what a
 * name stands for is found with {@link Shapes#definition}.
 */
public sealed interface Shape {
  /** Any JSON at all: a tree, {@code Object}, or what a serialiser of the user's makes. */
  record Any() implements Shape {}

  /** No value: {@code void}. It is null where a value stands. */
  record Nothing() implements Shape {}

  /** True or false. */
  record Bool() implements Shape {}

  /** A text. */
  record Text(Format format) implements Shape {}

  /** A number. */
  record Numeric(Kind kind) implements Shape {}

  /** One of some texts: the constants of an enum as they are written. */
  record Choice(List<String> values) implements Shape {
    public Choice {
      values = List.copyOf(values);
    }
  }

  /** A list. */
  record Items(Shape element) implements Shape {}

  /** An object whose names are data: a map. */
  record Entries(Shape value) implements Shape {}

  /** A value, or null. */
  record Maybe(Shape value) implements Shape {}

  /** An object or one of several: what is defined under a name. */
  record Named(String name) implements Shape {}

  /** What is known of a text; the names are those of JSON Schema. */
  enum Format {
    PLAIN(""),
    DATE_TIME("date-time"),
    DATE("date"),
    DURATION("duration"),
    UUID("uuid"),
    URI("uri"),
    /** Bytes in base 64. */
    BYTES("");

    private final String schema;

    Format(String schema) {
      this.schema = schema;
    }

    /** The format of JSON Schema, empty for none. */
    public String schema() {
      return schema;
    }
  }

  /** What is known of a number. */
  enum Kind {
    /** A whole number. */
    INTEGER,
    /** Any number. */
    DECIMAL
  }
}
