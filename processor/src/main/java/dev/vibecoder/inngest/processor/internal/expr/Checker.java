package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what each node of an expression can be, and what the server refuses, cannot evaluate, or
 * evaluates to the same thing always. After a mistake a node can be anything, so that one mistake
 * is told once.
 */
final class Checker {
  private static final Set<Kind> BOOL = EnumSet.of(Kind.BOOL);
  private static final Set<Kind> LISTS = EnumSet.of(Kind.LIST, Kind.MAP);
  private static final Set<String> NULLS = Set.of("undefined", "nil", "None", "NULL", "Null");
  private static final Set<String> BOOLEANS = Set.of("True", "False", "TRUE", "FALSE");

  private final ExpressionUse use;
  private final Mistakes mistakes;
  private final Map<String, Value> variables;
  private final Comparisons comparisons;
  private final FieldAccess fields;

  Checker(ExpressionUse use, Mistakes mistakes, Map<String, Value> variables) {
    this.use = use;
    this.mistakes = mistakes;
    this.variables = new HashMap<>(variables);
    this.comparisons = new Comparisons(use, mistakes);
    this.fields = new FieldAccess(mistakes);
  }

  Value check(Node node) {
    if (node instanceof Node.Literal literal) {
      return literal.kind() == Kind.TEXT
          ? new Value(new Shape.Text(Set.of(literal.value().toString())), Kind.TEXT)
          : Value.declared(Shapes.of(literal.kind()));
    }
    if (node instanceof Node.Name name) {
      return name(name);
    }
    if (node instanceof Node.Select select) {
      Value target = check(select.target());
      return Value.of(fields.select(target.shape(), select.target(), select.field(), select.at()));
    }
    if (node instanceof Node.Call call) {
      return call(call);
    }
    if (node instanceof Node.Listing list) {
      List<Shape> elements = new ArrayList<>();
      list.elements().forEach(element -> elements.add(check(element).shape()));
      Shape element = elements.isEmpty() ? Shapes.ANY : merged(elements);
      return new Value(new Shape.ListOf(element), Kind.LIST);
    }
    if (node instanceof Node.Mapping map) {
      map.keys().forEach(this::check);
      map.values().forEach(this::check);
      return new Value(new Shape.MapOf(Shapes.ANY), Kind.MAP);
    }
    mistakes.add(
        ProblemCode.EXPRESSION_FUNCTION,
        node.at(),
        Printed.of(node) + " makes a message, and the server knows none.",
        "Compare the fields one by one.");
    return Value.ANY;
  }

  /** Texts that were written out are one text with several constants. */
  private static Shape merged(List<Shape> shapes) {
    Set<String> constants = new TreeSet<>();
    for (Shape shape : shapes) {
      if (!(shape instanceof Shape.Text text) || text.constants() == null) {
        return Shapes.oneOf(shapes);
      }
      constants.addAll(text.constants());
    }
    return new Shape.Text(constants);
  }

  private Value name(Node.Name name) {
    Value known = variables.get(name.name());
    if (known != null) {
      return known;
    }
    String fact = "There is no variable " + name.name() + ".";
    String fix;
    if (name.name().equals("async")) {
      fix = "A second event is there only in conditions that end runs and waits.";
    } else if (NULLS.contains(name.name())) {
      fix = "Write null.";
    } else if (BOOLEANS.contains(name.name())) {
      fix = "Write " + name.name().toLowerCase(java.util.Locale.ROOT) + ".";
    } else {
      fix = unknownName(name.name());
    }
    mistakes.add(ProblemCode.EXPRESSION_VARIABLE, name.at(), fact, fix);
    return Value.ANY;
  }

  private String unknownName(String name) {
    for (Map.Entry<String, Value> entry : new TreeMap<>(variables).entrySet()) {
      String variable = entry.getKey();
      Shape shape = entry.getValue().shape();
      if (has(shape, name)) {
        return "Write " + variable + "." + name + ".";
      }
      Shape data = Lookup.of(shape, "data").found();
      if (data != null && has(data, name)) {
        return "Write " + variable + ".data." + name + ".";
      }
    }
    return DidYouMean.sentence(name, variables.keySet())
        + "Texts have quotes, and fields begin with "
        + String.join(" or ", new TreeSet<>(variables.keySet()))
        + ".";
  }

  private static boolean has(Shape shape, String field) {
    return Lookup.of(shape, field).known().contains(field);
  }

  private Value call(Node.Call call) {
    String function = call.function();
    if (Restrictions.isRefused(use, call)) {
      Restrictions.report(call, mistakes);
      if (Functions.MACROS.contains(function)) {
        return Value.ANY;
      }
    }
    if (function.equals("_&&_") || function.equals("_||_")) {
      return logic(call, check(call.arguments().get(0)), check(call.arguments().get(1)));
    }
    if (function.equals("_?_:_")) {
      return conditional(call);
    }
    if (Arithmetic.isOperator(function)) {
      return arithmetic(call);
    }
    if (Comparisons.isOperator(function)) {
      Node left = call.arguments().get(0);
      Node right = call.arguments().get(1);
      comparisons.check(call, left, check(left), right, check(right));
      return Value.declared(Shapes.BOOL);
    }
    return switch (function) {
      case "!_" -> negation(call);
      case "-_" -> minus(call);
      case "_[_]" -> {
        Node target = call.arguments().get(0);
        Node index = call.arguments().get(1);
        yield Value.of(fields.index(check(target), target, check(index), index, call.at()));
      }
      default ->
          Functions.MACROS.contains(function) && Macros.isMacro(call)
              ? macro(call)
              : function(call);
    };
  }

  private Value logic(Node.Call call, Value left, Value right) {
    boolean or = call.function().equals("_||_");
    for (int i = 0; i < 2; i++) {
      Value side = i == 0 ? left : right;
      Node node = call.arguments().get(i);
      if (side.isRefusedAs(BOOL)) {
        String other = Printed.of(call.arguments().get(0));
        mistakes.add(
            ProblemCode.EXPRESSION_OPERAND,
            node.at(),
            Printed.of(node)
                + " is "
                + side.shape().described()
                + ", which the server refuses beside "
                + Printed.sign(call.function())
                + ".",
            or && i == 1
                ? "Write " + other + " != null ? " + other + " : " + Printed.of(node) + "."
                : "Compare it with something.");
        return new Value(Shapes.ANY, Kind.BOOL);
      }
    }
    // Of values that are neither true nor false, the first that decides is the result.
    List<Shape> results = new ArrayList<>(right.shape().alternatives());
    left.shape().alternatives().stream()
        .filter(shape -> or || !isAlwaysTrue(shape))
        .forEach(results::add);
    return new Value(Shapes.oneOf(results), Kind.BOOL);
  }

  private static boolean isAlwaysTrue(Shape shape) {
    return shape.kinds().stream().allMatch(kind -> kind == Kind.LIST || kind == Kind.MAP);
  }

  private Value conditional(Node.Call call) {
    Node condition = call.arguments().get(0);
    Value tested = check(condition);
    if (tested.isRefusedAs(BOOL)) {
      mistakes.add(
          ProblemCode.EXPRESSION_OPERAND,
          condition.at(),
          Printed.of(condition)
              + " is "
              + tested.shape().described()
              + ", which the server refuses before ?.",
          "Compare it with something.");
    }
    Value yes = check(call.arguments().get(1));
    Value no = check(call.arguments().get(2));
    Kind one = yes.declared();
    Kind other = no.declared();
    boolean known = one != null && other != null && one != Kind.ANY && other != Kind.ANY;
    if (known && one != other && one != Kind.NULL && other != Kind.NULL) {
      mistakes.add(
          ProblemCode.EXPRESSION_OPERAND,
          call.arguments().get(2).at(),
          "One result of ? is "
              + yes.shape().described()
              + " and the other "
              + no.shape().described()
              + ", which the server refuses.",
          Advice.calculate(
              call.function(), call.arguments().get(1), yes, call.arguments().get(2), no));
      return Value.ANY;
    }
    return new Value(
        Shapes.oneOf(List.of(yes.shape(), no.shape())), known && one == other ? one : null);
  }

  private Value arithmetic(Node.Call call) {
    Node left = call.arguments().get(0);
    Node right = call.arguments().get(1);
    if (hyphen(call)) {
      return Value.ANY;
    }
    Value one = check(left);
    Value other = check(right);
    Arithmetic.Outcome outcome = Arithmetic.of(call.function(), one, other);
    if (outcome.fit() == Arithmetic.Fit.ALWAYS) {
      return outcome.result();
    }
    boolean joined = call.function().equals("_+_") && !one.kinds().equals(other.kinds());
    boolean never = outcome.fit() == Arithmetic.Fit.NEVER;
    mistakes.add(
        never ? ProblemCode.EXPRESSION_OPERAND : ProblemCode.EXPRESSION_MIXED,
        call.at(),
        sides(left, one, right, other)
            + (joined
                ? ": the server " + (never ? "joins" : "may join") + " them to a text."
                : ": "
                    + Printed.sign(call.function())
                    + (never ? " fails." : " fails for some of them.")),
        Advice.calculate(call.function(), left, one, right, other));
    return never ? Value.ANY : outcome.result();
  }

  private static String sides(Node left, Value one, Node right, Value other) {
    return Printed.of(left)
        + " is "
        + one.shape().described()
        + " and "
        + Printed.of(right)
        + " is "
        + other.shape().described();
  }

  /** A name with a hyphen is read as a subtraction. */
  private boolean hyphen(Node.Call call) {
    if (!call.function().equals("_-_")
        || !(call.arguments().get(0) instanceof Node.Select select)
        || !(call.arguments().get(1) instanceof Node.Name name)
        || variables.containsKey(name.name())) {
      return false;
    }
    String field = select.field() + "-" + name.name();
    // Another checker, so that what is wrong with the target is told in its place.
    Shape target = new Checker(use, new Mistakes(""), variables).check(select.target()).shape();
    if (!has(target, field)) {
      return false;
    }
    mistakes.add(
        ProblemCode.EXPRESSION_VARIABLE,
        call.at(),
        "The - in " + field + " is read as a subtraction.",
        "Write " + Printed.of(select.target()) + "[\"" + field + "\"].");
    return true;
  }

  private Value negation(Node.Call call) {
    Node side = call.arguments().get(0);
    Value value = check(side);
    if (value.isRefusedAs(BOOL) || value.isNever(BOOL)) {
      mistakes.add(
          ProblemCode.EXPRESSION_OPERAND,
          call.at(),
          Printed.of(side) + " is " + value.shape().described() + ": ! fails.",
          "Compare it, as in " + Printed.of(side) + " == null.");
    }
    return Value.declared(Shapes.BOOL);
  }

  private Value minus(Node.Call call) {
    Node side = call.arguments().get(0);
    Value value = check(side);
    Set<Kind> numbers = EnumSet.of(Kind.INT, Kind.DOUBLE);
    if (value.isRefusedAs(numbers) || value.isNever(numbers)) {
      mistakes.add(
          ProblemCode.EXPRESSION_OPERAND,
          call.at(),
          Printed.of(side) + " is " + value.shape().described() + ": - fails.",
          "Only integers and doubles have a sign.");
      return Value.ANY;
    }
    return value;
  }

  private Value macro(Node.Call call) {
    if (call.function().equals("has")) {
      check(call.arguments().get(0));
      return Value.declared(Shapes.BOOL);
    }
    Node target = java.util.Objects.requireNonNull(call.target());
    Value over = check(target);
    if (over.isRefusedAs(LISTS) || over.isNever(LISTS)) {
      mistakes.add(
          ProblemCode.EXPRESSION_ARGUMENT,
          call.at(),
          Printed.of(target)
              + " is "
              + over.shape().described()
              + ": "
              + call.function()
              + "() goes through lists and objects.",
          "Compare it without " + call.function() + "().");
      return Value.ANY;
    }
    String variable = ((Node.Name) call.arguments().get(0)).name();
    Shape element = Macros.element(over.shape());
    @Nullable Value shadowed = variables.put(variable, Value.of(element));
    List<Value> bodies = call.arguments().stream().skip(1).map(this::check).toList();
    if (shadowed == null) {
      variables.remove(variable);
    } else {
      variables.put(variable, shadowed);
    }
    int conditions = call.function().equals("map") ? bodies.size() - 1 : 1;
    for (int i = 0; i < conditions; i++) {
      Value body = bodies.get(i);
      Node node = call.arguments().get(i + 1);
      if (body.isRefusedAs(BOOL) || body.isNever(BOOL)) {
        mistakes.add(
            ProblemCode.EXPRESSION_ARGUMENT,
            node.at(),
            "The condition of "
                + call.function()
                + "(), "
                + Printed.of(node)
                + ", is "
                + body.shape().described()
                + ".",
            "Compare it with something.");
      }
    }
    return switch (call.function()) {
      case "map" -> new Value(new Shape.ListOf(bodies.get(bodies.size() - 1).shape()), Kind.LIST);
      case "filter" -> new Value(new Shape.ListOf(element), Kind.LIST);
      default -> Value.declared(Shapes.BOOL);
    };
  }

  private Value function(Node.Call call) {
    @Nullable Node target = call.target();
    List<Node> arguments = new ArrayList<>();
    if (target != null) {
      arguments.add(target);
    }
    arguments.addAll(call.arguments());
    Calls calls = new Calls(mistakes);
    List<Functions.Signature> signatures = Functions.named(call.function());
    if (signatures.isEmpty() || Functions.MACROS.contains(call.function())) {
      calls.unknown(call);
      return Value.ANY;
    }
    List<Value> values = arguments.stream().map(this::check).toList();
    return calls.check(call, signatures, arguments, values);
  }
}
