package dev.vibecoder.inngest.processor.internal.expr;

import java.util.ArrayList;
import java.util.List;

/** Calls that are expanded before anything is evaluated. */
final class Macros {
  private Macros() {}

  /** Whether a call has the form of the macro of its name. */
  static boolean isMacro(Node.Call call) {
    List<Node> arguments = call.arguments();
    if (call.function().equals("has")) {
      return call.target() == null
          && arguments.size() == 1
          && arguments.get(0) instanceof Node.Select;
    }
    boolean counts =
        arguments.size() == 2 || (call.function().equals("map") && arguments.size() == 3);
    return call.target() != null && counts && arguments.get(0) instanceof Node.Name;
  }

  /** How the macro of a name is written. */
  static String form(String macro) {
    return switch (macro) {
      case "has" -> "has(event.data.field)";
      case "map" -> "list.map(item, item.field)";
      default -> "list." + macro + "(item, item.field == 1)";
    };
  }

  /** What a macro goes through: the elements of a list, the keys of an object. */
  static Shape element(Shape over) {
    List<Shape> elements = new ArrayList<>();
    for (Shape shape : over.alternatives()) {
      if (shape instanceof Shape.ListOf list) {
        elements.add(list.element());
      } else if (shape.kinds().contains(Kind.MAP)) {
        elements.add(Shapes.TEXT);
      } else {
        elements.add(Shapes.ANY);
      }
    }
    return Shapes.oneOf(elements);
  }
}
