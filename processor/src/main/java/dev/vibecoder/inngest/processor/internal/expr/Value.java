package dev.vibecoder.inngest.processor.internal.expr;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the value of a node.
 *
 * @param shape what it is when the server evaluates it
 * @param declared what the server takes it for when it reads the expression, which it does without
 *     knowing any event; null for all that comes from events
 */
record Value(Shape shape, @Nullable Kind declared) {
  static final Value ANY = new Value(Shapes.ANY, null);

  /** A value that comes from an event. */
  static Value of(Shape shape) {
    return new Value(shape, null);
  }

  /** A value whose kind shows from the expression alone. */
  static Value declared(Shape shape) {
    return new Value(shape, shape.kinds().iterator().next());
  }

  Set<Kind> kinds() {
    return shape.kinds();
  }

  /** Whether the server refuses it where one of some kinds is needed. */
  boolean isRefusedAs(Set<Kind> needed) {
    return declared != null && declared != Kind.ANY && !needed.contains(declared);
  }

  /** Whether it is never of one of some kinds. */
  boolean isNever(Set<Kind> needed) {
    return kinds().stream().noneMatch(kind -> kind.isOpen() || needed.contains(kind));
  }

  /** Whether it is sometimes of none of some kinds, as far as that is known. */
  boolean isSometimesNot(Set<Kind> needed) {
    return kinds().stream().anyMatch(kind -> !kind.isOpen() && !needed.contains(kind));
  }
}
