package dev.vibecoder.inngest.processor.internal.expr;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes nodes as they would be written in an expression, for messages. */
final class Printed {
  private static final int MAX = 60;
  private static final Map<String, String> BINARY =
      Map.ofEntries(
          Map.entry("_||_", "||"),
          Map.entry("_&&_", "&&"),
          Map.entry("_==_", "=="),
          Map.entry("_!=_", "!="),
          Map.entry("_<_", "<"),
          Map.entry("_<=_", "<="),
          Map.entry("_>_", ">"),
          Map.entry("_>=_", ">="),
          Map.entry("_+_", "+"),
          Map.entry("_-_", "-"),
          Map.entry("_*_", "*"),
          Map.entry("_/_", "/"),
          Map.entry("_%_", "%"),
          Map.entry("@in", "in"));

  private Printed() {}

  /** The sign of an operator with two sides; the name itself if it is none. */
  static String sign(String function) {
    return BINARY.getOrDefault(function, function);
  }

  static boolean isBinary(String function) {
    return BINARY.containsKey(function);
  }

  static String of(Node node) {
    String text = print(node);
    return text.length() <= MAX ? text : text.substring(0, MAX - 1) + "…";
  }

  private static String print(Node node) {
    if (node instanceof Node.Literal literal) {
      return literal(literal);
    }
    if (node instanceof Node.Name name) {
      return name.name();
    }
    if (node instanceof Node.Select select) {
      return print(select.target()) + "." + select.field();
    }
    if (node instanceof Node.Call call) {
      return call(call);
    }
    if (node instanceof Node.Listing list) {
      return "[" + print(list.elements()) + "]";
    }
    return node instanceof Node.Message message ? message.name() + "{…}" : "{…}";
  }

  private static String literal(Node.Literal literal) {
    return literal.kind() == Kind.TEXT
        ? "'" + literal.value().toString().replace("\\", "\\\\").replace("'", "\\'") + "'"
        : literal.value().toString();
  }

  private static String call(Node.Call call) {
    List<Node> arguments = call.arguments();
    if (isBinary(call.function()) && arguments.size() == 2) {
      return print(arguments.get(0)) + " " + sign(call.function()) + " " + print(arguments.get(1));
    }
    return switch (call.function()) {
      case "_[_]" -> print(arguments.get(0)) + "[" + print(arguments.get(1)) + "]";
      case "!_" -> "!" + print(arguments.get(0));
      case "-_" -> "-" + print(arguments.get(0));
      case "_?_:_" ->
          print(arguments.get(0))
              + " ? "
              + print(arguments.get(1))
              + " : "
              + print(arguments.get(2));
      default ->
          (call.target() == null ? "" : print(call.target()) + ".")
              + call.function()
              + "("
              + print(arguments)
              + ")";
    };
  }

  private static String print(List<Node> nodes) {
    return nodes.stream().map(Printed::print).collect(Collectors.joining(", "));
  }
}
