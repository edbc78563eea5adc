package dev.vibecoder.inngest.processor.internal.expr;

/** Kinds of values, as the server's expressions tell them apart. */
enum Kind {
  /** Anything: nothing is known. */
  ANY("anything"),
  NULL("null"),
  BOOL("true or false"),
  /** A whole number that was written in the expression, or made by a function. */
  INT("an integer"),
  UINT("an unsigned integer"),
  /** Every number of JSON. */
  DOUBLE("a number"),
  TEXT("a text"),
  BYTES("bytes"),
  TIME("a time"),
  SPAN("a duration"),
  TYPE("a type"),
  LIST("a list"),
  MAP("an object");

  private final String described;

  Kind(String described) {
    this.described = described;
  }

  String described() {
    return described;
  }

  boolean isNumber() {
    return this == INT || this == UINT || this == DOUBLE;
  }

  /** Whether it may turn out to be of any other kind. */
  boolean isOpen() {
    return this == ANY || this == NULL;
  }

  /** Whether values of two kinds can be equal. */
  boolean equates(Kind other) {
    return isOpen() || other.isOpen() || this == other || (isNumber() && other.isNumber());
  }

  /** Whether one of two kinds can be less than the other. */
  boolean isOrderedWith(Kind other) {
    return isOrdered() && other.isOrdered() && equates(other);
  }

  private boolean isOrdered() {
    return this != LIST && this != MAP && this != TYPE;
  }
}
