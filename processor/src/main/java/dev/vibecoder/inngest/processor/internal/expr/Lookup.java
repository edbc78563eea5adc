package dev.vibecoder.inngest.processor.internal.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking for a field.
 *
 * @param found what the field is; null if nothing has it
 * @param known the names of the fields that are there
 * @param scalar whether what was looked at has no fields at all
 */
record Lookup(@Nullable Shape found, Set<String> known, boolean scalar) {
  /** Looks for a field. One that only some of several shapes have is found: others give null. */
  static Lookup of(Shape target, String field) {
    List<Shape> found = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    boolean scalar = true;
    for (Shape shape : target.alternatives()) {
      if (shape instanceof Shape.Plain plain && plain.kind().isOpen()) {
        found.add(shape);
      } else if (shape instanceof Shape.MapOf map) {
        found.add(map.value());
      } else if (shape instanceof Shape.Fields fields) {
        scalar = false;
        known.addAll(fields.content().fields().keySet());
        Shape value = fields.content().fields().get(field);
        if (value != null) {
          found.add(value);
        } else if (fields.content().open()) {
          found.add(Shapes.ANY);
        }
      }
    }
    return new Lookup(found.isEmpty() ? null : Shapes.oneOf(found), known, scalar);
  }
}
