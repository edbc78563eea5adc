package dev.vibecoder.inngest.processor.internal.lock;

import dev.vibecoder.inngest.processor.internal.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shapes as text, and back: {@code [shop.Line]}, {@code map(number)}, {@code text(date-time)?},
 * {@code enum("NEW", "PAID")}. What is defined elsewhere stands there by the name of its type.
 */
final class ShapeText {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_$@][\\p{L}\\p{Nd}_$@-]*");

  private final String text;
  private int at;

  private ShapeText(String text) {
    this.text = text;
  }

  /** A text that is no shape. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  static String of(Shape shape) {
    if (shape instanceof Shape.Named named) {
      return named(named.name());
    }
    if (shape instanceof Shape.Items items) {
      return "[" + of(items.element()) + "]";
    }
    if (shape instanceof Shape.Entries entries) {
      return "map(" + of(entries.value()) + ")";
    }
    if (shape instanceof Shape.Maybe maybe) {
      return of(maybe.value()) + "?";
    }
    if (shape instanceof Shape.Choice choice) {
      return choice.values().stream()
          .map(ShapeText::quoted)
          .collect(Collectors.joining(", ", "enum(", ")"));
    }
    if (shape instanceof Shape.Text text) {
      return text.format() == Shape.Format.PLAIN ? "text" : "text(" + name(text.format()) + ")";
    }
    if (shape instanceof Shape.Numeric numeric) {
      return numeric.kind() == Shape.Kind.INTEGER ? "integer" : "number";
    }
    if (shape instanceof Shape.Bool) {
      return "boolean";
    }
    return shape instanceof Shape.Nothing ? "nothing" : "any";
  }

  /** A type of the default package begins with a dot, so that it is no word of this language. */
  private static String named(String name) {
    String raw = name.replaceAll("[<#].*", "");
    return raw.contains(".") ? name : "." + name;
  }

  private static String name(Shape.Format format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A name as it is, or in quotes where it could be mistaken. */
  static String name(String name) {
    return PLAIN.matcher(name).matches() ? name : quoted(name);
  }

  static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  static Shape parse(String text) throws MalformedException {
    ShapeText parser = new ShapeText(text);
    Shape shape = parser.shape();
    if (parser.at < text.length()) {
      throw new MalformedException("\"" + text.substring(parser.at) + "\" is not understood");
    }
    return shape;
  }

  /** The name at the beginning of a text, and where it ends. */
  static NameAt nameAt(String text) throws MalformedException {
    ShapeText parser = new ShapeText(text);
    if (text.startsWith("\"")) {
      return new NameAt(parser.string(), parser.at);
    }
    int end = 0;
    while (end < text.length() && "?: ".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return new NameAt(text.substring(0, end), end);
  }

  record NameAt(String name, int end) {}

  private Shape shape() throws MalformedException {
    Shape shape = simple();
    while (take("?")) {
      shape = new Shape.Maybe(shape);
    }
    return shape;
  }

  private Shape simple() throws MalformedException {
    if (take("[")) {
      Shape element = shape();
      expect("]");
      return new Shape.Items(element);
    }
    String word = word();
    return switch (word) {
      case "any" -> new Shape.Any();
      case "nothing" -> new Shape.Nothing();
      case "boolean" -> new Shape.Bool();
      case "integer" -> new Shape.Numeric(Shape.Kind.INTEGER);
      case "number" -> new Shape.Numeric(Shape.Kind.DECIMAL);
      case "text" -> new Shape.Text(take("(") ? format() : Shape.Format.PLAIN);
      case "map" -> {
        expect("(");
        Shape value = shape();
        expect(")");
        yield new Shape.Entries(value);
      }
      case "enum" -> new Shape.Choice(values());
      default -> {
        if (!word.contains(".")) {
          throw new MalformedException("\"" + word + "\" is no shape");
        }
        yield new Shape.Named(word.startsWith(".") ? word.substring(1) : word);
      }
    };
  }

  private Shape.Format format() throws MalformedException {
    String word = word();
    expect(")");
    for (Shape.Format format : Shape.Format.values()) {
      if (name(format).equals(word)) {
        return format;
      }
    }
    throw new MalformedException("\"" + word + "\" is no format of a text");
  }

  private List<String> values() throws MalformedException {
    List<String> values = new ArrayList<>();
    expect("(");
    if (take(")")) {
      return values;
    }
    do {
      values.add(string());
    } while (take(", "));
    expect(")");
    return values;
  }

  private String string() throws MalformedException {
    expect("\"");
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        char escaped = text.charAt(at++);
        c = escaped == 'n' ? '\n' : escaped;
      }
      value.append(c);
    }
    expect("\"");
    return value.toString();
  }

  /** A word of this language, or the name of a type with its arguments. */
  private String word() {
    int start = at;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && "?[](), ".indexOf(c) >= 0) {
        break;
      }
      depth += c == '<' ? 1 : c == '>' ? -1 : 0;
      at++;
    }
    return text.substring(start, at);
  }

  private boolean take(String wanted) {
    if (text.startsWith(wanted, at)) {
      at += wanted.length();
      return true;
    }
    return false;
  }

  private void expect(String wanted) throws MalformedException {
    if (!take(wanted)) {
      throw new MalformedException(
          "\"" + text.substring(at) + "\" does not begin with \"" + wanted + "\"");
    }
  }
}
