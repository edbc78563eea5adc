package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.time.Durations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Calls of functions: whether there is one, and what it takes. */
final class Calls {
  private static final Set<String> SHIFTS = Set.of("now_plus", "now_minus");

  private final Mistakes mistakes;

  Calls(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  void unknown(Node.Call call) {
    String name = call.function();
    if (Functions.MACROS.contains(name)) {
      mistakes.add(
          ProblemCode.EXPRESSION_ARGUMENT,
          call.at(),
          name + "() cannot be called like this.",
          "Write it as in " + Macros.form(name) + ".");
      return;
    }
    Set<String> names = new TreeSet<>(Functions.names());
    names.addAll(Functions.MACROS);
    String foreign = Functions.FOREIGN.get(name);
    mistakes.add(
        ProblemCode.EXPRESSION_FUNCTION,
        call.at(),
        "There is no function " + name + "().",
        foreign != null
            ? "Did you mean \"" + foreign + "\"?"
            : (DidYouMean.sentence(name, names)
                + "Functions are "
                + String.join(", ", names)
                + "."));
  }

  Value check(
      Node.Call call,
      List<Functions.Signature> signatures,
      List<Node> arguments,
      List<Value> values) {
    boolean member = call.target() != null;
    List<Functions.Signature> counted =
        signatures.stream()
            .filter(signature -> signature.member() == member)
            .filter(signature -> signature.takes(values.size()))
            .toList();
    if (counted.isEmpty()) {
      mistakes.add(
          ProblemCode.EXPRESSION_ARGUMENT,
          call.at(),
          call.function() + "() cannot be called like this.",
          "Write it as in " + form(call.function(), signatures.get(0), arguments) + ".");
      return Value.declared(Shapes.of(signatures.get(0).result()));
    }
    Functions.Signature signature = counted.get(0);
    for (int i = 0; i < values.size(); i++) {
      Set<Kind> taken = new LinkedHashSet<>();
      for (Functions.Signature one : counted) {
        taken.addAll(one.parameters().get(i));
      }
      argument(call, arguments.get(i), values.get(i), taken);
    }
    literal(call);
    pattern(call, arguments);
    Kind result = signature.result();
    return result == Kind.ANY ? Value.ANY : Value.declared(Shapes.of(result));
  }

  private void argument(Node.Call call, Node node, Value value, Set<Kind> taken) {
    if (taken.equals(Functions.ANYTHING) || (!value.isRefusedAs(taken) && !value.isNever(taken))) {
      return;
    }
    mistakes.add(
        ProblemCode.EXPRESSION_ARGUMENT,
        node.at(),
        call.function()
            + "() takes "
            + taken.stream().map(Kind::described).collect(Collectors.joining(" or "))
            + ", and "
            + Printed.of(node)
            + " is "
            + value.shape().described()
            + ".",
        fix(node, value, taken));
  }

  private static String fix(Node node, Value value, Set<Kind> taken) {
    if (taken.contains(Kind.INT) && value.kinds().contains(Kind.DOUBLE)) {
      return "Write int(" + Printed.of(node) + "): numbers of events are doubles.";
    }
    if (taken.contains(Kind.TIME) && value.kinds().contains(Kind.TEXT)) {
      return "Write date(" + Printed.of(node) + ").";
    }
    if (taken.contains(Kind.TEXT) && value.kinds().stream().anyMatch(Kind::isNumber)) {
      return "Write string(" + Printed.of(node) + ").";
    }
    return "Give it another value.";
  }

  private static String form(String name, Functions.Signature signature, List<Node> arguments) {
    List<String> texts = new ArrayList<>();
    int needed = signature.parameters().size() - signature.optional();
    for (int i = 0; i < needed; i++) {
      texts.add(
          i < arguments.size()
              ? Printed.of(arguments.get(i))
              : signature.parameters().get(i).contains(Kind.TEXT) ? "'text'" : "value");
    }
    return signature.member()
        ? texts.get(0) + "." + name + "(" + String.join(", ", texts.subList(1, needed)) + ")"
        : name + "(" + String.join(", ", texts) + ")";
  }

  /** A duration that was written out is known to be one, or not. */
  private void literal(Node.Call call) {
    if (call.arguments().size() == 1
        && call.arguments().get(0) instanceof Node.Literal literal
        && literal.kind() == Kind.TEXT) {
      String text = literal.value().toString();
      boolean wrong =
          (SHIFTS.contains(call.function()) && Durations.parse(text).isEmpty())
              || (call.function().equals("duration") && Durations.parseWithoutDays(text).isEmpty());
      if (wrong) {
        mistakes.add(
            ProblemCode.EXPRESSION_ARGUMENT,
            literal.at(),
            "'" + text + "' is no duration.",
            "Write one as in '1h30m'.");
      }
    }
  }

  /** A regular expression that was written out is one of the server's, or not. */
  private void pattern(Node.Call call, List<Node> arguments) {
    if (call.function().equals("matches")
        && arguments.get(arguments.size() - 1) instanceof Node.Literal literal
        && literal.kind() == Kind.TEXT) {
      String text = literal.value().toString();
      PatternSyntax.problem(text)
          .ifPresent(
              wrong ->
                  mistakes.add(
                      ProblemCode.EXPRESSION_ARGUMENT,
                      literal.at(),
                      "'" + text + "' is no pattern: " + wrong + ".",
                      "The server's patterns are those of RE2, which neither look around nor refer"
                          + " back."));
    }
  }
}
