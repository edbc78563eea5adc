package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Fields of objects and elements of lists. */
final class FieldAccess {
  private static final Set<String> SIZES = Set.of("length", "size", "count");
  private static final Set<Kind> INDEXED = EnumSet.of(Kind.LIST, Kind.MAP);
  private static final Set<Kind> NUMBERS = EnumSet.of(Kind.INT, Kind.UINT, Kind.DOUBLE);

  private final Mistakes mistakes;

  FieldAccess(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  Shape select(Shape target, Node node, String field, int at) {
    Lookup lookup = Lookup.of(target, field);
    Shape found = lookup.found();
    if (found != null) {
      return found;
    }
    String path = Printed.of(node);
    if (lookup.scalar()) {
      mistakes.add(
          ProblemCode.EXPRESSION_FIELD,
          at,
          path + " is " + target.described() + ", which has no field \"" + field + "\".",
          scalar(target, path, field));
    } else {
      mistakes.add(
          ProblemCode.EXPRESSION_FIELD,
          at,
          path + named(target) + " has no field \"" + field + "\".",
          fix(lookup, path, field));
    }
    return Shapes.ANY;
  }

  /** The name of the class that an object is of, if it says more than the path does. */
  private static String named(Shape target) {
    List<String> names = new ArrayList<>();
    for (Shape shape : target.alternatives()) {
      if (shape instanceof Shape.Fields fields && !fields.name().isEmpty()) {
        names.add(fields.name());
      }
    }
    return names.isEmpty() ? "" : " (" + Listed.of(names) + ")";
  }

  private static String scalar(Shape target, String path, String field) {
    if (SIZES.contains(field)) {
      return "Write size(" + path + ").";
    }
    return target.kinds().contains(Kind.LIST)
        ? "Write "
            + path
            + "[0]."
            + field
            + ", or "
            + path
            + ".exists(item, item."
            + field
            + " == …)."
        : "Compare it as it is.";
  }

  private static String fix(Lookup lookup, String path, String field) {
    String data = path.equals("event") || path.equals("async") ? path + ".data" : "";
    String hint =
        DidYouMean.sentence(field, lookup.known())
            + (lookup.known().isEmpty()
                ? "It has no fields."
                : "Its fields are " + Listed.of(lookup.known()) + ".");
    return data.isEmpty() ? hint : hint + " What was sent is in " + data + ".";
  }

  Shape index(Value target, Node node, Value index, Node key, int at) {
    if (target.isRefusedAs(INDEXED) || target.isNever(INDEXED)) {
      mistakes.add(
          ProblemCode.EXPRESSION_OPERAND,
          at,
          Printed.of(node) + " is " + target.shape().described() + ": [ ] fails.",
          "Lists and objects have elements.");
      return Shapes.ANY;
    }
    if (key instanceof Node.Literal literal && literal.kind() == Kind.TEXT) {
      boolean lists = target.kinds().stream().allMatch(kind -> kind == Kind.LIST);
      if (!lists) {
        return select(target.shape(), node, literal.value().toString(), key.at());
      }
    }
    List<Shape> found = new ArrayList<>();
    for (Shape shape : target.shape().alternatives()) {
      if (shape instanceof Shape.ListOf list) {
        found.add(list.element());
        if (index.isNever(NUMBERS)) {
          mistakes.add(
              ProblemCode.EXPRESSION_OPERAND,
              key.at(),
              Printed.of(key) + " is " + index.shape().described() + ": lists have numbers in [ ].",
              "Write " + Printed.of(node) + "[0].");
        }
      } else if (shape instanceof Shape.MapOf map) {
        found.add(map.value());
      } else {
        found.add(Shapes.ANY);
      }
    }
    return Shapes.oneOf(found);
  }
}
