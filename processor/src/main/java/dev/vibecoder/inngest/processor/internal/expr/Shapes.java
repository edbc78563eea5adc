package dev.vibecoder.inngest.processor.internal.expr;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Shapes that are needed everywhere. */
final class Shapes {
  static final Shape ANY = new Shape.Plain(Kind.ANY);
  static final Shape NULL = new Shape.Plain(Kind.NULL);
  static final Shape BOOL = new Shape.Plain(Kind.BOOL);
  static final Shape INT = new Shape.Plain(Kind.INT);
  static final Shape DOUBLE = new Shape.Plain(Kind.DOUBLE);
  static final Shape TEXT = new Shape.Text(null);

  private Shapes() {}

  static Shape of(Kind kind) {
    return switch (kind) {
      case TEXT -> TEXT;
      case LIST -> new Shape.ListOf(ANY);
      case MAP -> new Shape.MapOf(ANY);
      default -> new Shape.Plain(kind);
    };
  }

  /** What is one of several. */
  static Shape oneOf(List<Shape> shapes) {
    Set<Shape> all = new LinkedHashSet<>();
    shapes.forEach(shape -> all.addAll(shape.alternatives()));
    if (all.contains(ANY)) {
      return ANY;
    }
    return all.size() == 1 ? all.iterator().next() : new Shape.OneOf(List.copyOf(all));
  }
}
