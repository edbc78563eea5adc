package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What can be equal, and what can be less than something. */
final class Comparisons {
  private static final Set<String> EQUALITIES = Set.of("_==_", "_!=_");
  private static final Set<String> ORDERS = Set.of("_<_", "_<=_", "_>_", "_>=_");

  private final ExpressionUse use;
  private final Mistakes mistakes;

  Comparisons(ExpressionUse use, Mistakes mistakes) {
    this.use = use;
    this.mistakes = mistakes;
  }

  static boolean isOperator(String function) {
    return EQUALITIES.contains(function) || ORDERS.contains(function) || function.equals("@in");
  }

  void check(Node.Call call, Node left, Value leftValue, Node right, Value rightValue) {
    if (ORDERS.contains(call.function())) {
      order(call, left, leftValue, right, rightValue);
    } else if (call.function().equals("@in")) {
      membership(call, left, leftValue, right, rightValue);
    } else if (!canBeEqual(leftValue.shape(), rightValue.shape())) {
      never(call, left, leftValue, right, rightValue);
    }
  }

  private void order(Node.Call call, Node left, Value leftValue, Node right, Value rightValue) {
    boolean fits = false;
    boolean fails = false;
    for (Kind one : leftValue.kinds()) {
      for (Kind other : rightValue.kinds()) {
        boolean ordered = one.isOrderedWith(other);
        fits |= ordered;
        fails |= !ordered;
      }
    }
    if (fails) {
      mistakes.add(
          fits ? ProblemCode.EXPRESSION_MIXED : ProblemCode.EXPRESSION_OPERAND,
          call.at(),
          sides(left, leftValue, right, rightValue)
              + ": "
              + Printed.sign(call.function())
              + (fits ? " fails for some of them" : " fails")
              + (use == ExpressionUse.TRIGGER_WHEN
                  ? ", and the server tries such an event again for ever."
                  : "."),
          Advice.compare(left, leftValue, right, rightValue));
    }
  }

  private void membership(
      Node.Call call, Node left, Value leftValue, Node right, Value rightValue) {
    Set<Kind> containers = Set.of(Kind.LIST, Kind.MAP);
    if (rightValue.isRefusedAs(containers) || rightValue.isNever(containers)) {
      boolean texts = rightValue.kinds().contains(Kind.TEXT);
      mistakes.add(
          ProblemCode.EXPRESSION_OPERAND,
          call.at(),
          Printed.of(right)
              + " is "
              + rightValue.shape().described()
              + ": in looks into lists and objects.",
          texts
              ? "Write " + Printed.of(right) + ".contains(" + Printed.of(left) + ")."
              : "Write == to compare with one value.");
      return;
    }
    if (right instanceof Node.Listing list) {
      for (Node element : list.elements()) {
        if (element instanceof Node.Literal literal
            && !canBeEqual(leftValue.shape(), literalShape(literal))) {
          mistakes.add(
              ProblemCode.EXPRESSION_NEVER,
              element.at(),
              Printed.of(left) + " is never " + Printed.of(element) + kind(leftValue) + ".",
              constants(literal, leftValue.shape()).orElse("Remove it."));
        }
      }
      return;
    }
    List<Shape> elements = new ArrayList<>();
    for (Shape shape : rightValue.shape().alternatives()) {
      elements.add(shape instanceof Shape.ListOf list ? list.element() : Shapes.ANY);
    }
    Value element = Value.of(Shapes.oneOf(elements));
    if (!canBeEqual(leftValue.shape(), element.shape())) {
      mistakes.add(
          ProblemCode.EXPRESSION_NEVER,
          call.at(),
          Printed.of(left)
              + " is "
              + leftValue.shape().described()
              + " and "
              + Printed.of(right)
              + " holds "
              + (element.kinds().equals(leftValue.kinds()) ? "others" : element.shape().described())
              + ": it is never in it.",
          "Look for something that it can hold.");
    }
  }

  private static String kind(Value value) {
    return value.kinds().contains(Kind.TEXT) ? "" : ": it is " + value.shape().described();
  }

  private static Shape literalShape(Node.Literal literal) {
    return literal.kind() == Kind.TEXT
        ? new Shape.Text(Set.of(literal.value().toString()))
        : Shapes.of(literal.kind());
  }

  private void never(Node.Call call, Node left, Value leftValue, Node right, Value rightValue) {
    String always = call.function().equals("_==_") ? "== is always false." : "!= is always true.";
    Optional<String> fix =
        (right instanceof Node.Literal literal
                ? constants(literal, leftValue.shape())
                : Optional.<String>empty())
            .or(
                () ->
                    left instanceof Node.Literal literal
                        ? constants(literal, rightValue.shape())
                        : Optional.empty());
    boolean texts = leftValue.kinds().equals(rightValue.kinds());
    mistakes.add(
        ProblemCode.EXPRESSION_NEVER,
        call.at(),
        (texts
                ? Printed.of(left) + " and " + Printed.of(right) + " are never the same text"
                : sides(left, leftValue, right, rightValue))
            + ": "
            + always,
        fix.orElseGet(
            () ->
                texts
                    ? "Compare it with a text that it can be."
                    : Advice.compare(left, leftValue, right, rightValue)));
  }

  /** The texts that a value can be, for one that it cannot be. */
  private static Optional<String> constants(Node.Literal literal, Shape shape) {
    Set<String> known = new TreeSet<>();
    for (Shape alternative : shape.alternatives()) {
      if (alternative instanceof Shape.Text text && text.constants() != null) {
        known.addAll(text.constants());
      }
    }
    return known.isEmpty() || literal.kind() != Kind.TEXT
        ? Optional.empty()
        : Optional.of(
            DidYouMean.sentence(literal.value().toString(), known)
                + "It is one of "
                + Listed.of(known)
                + ".");
  }

  static boolean canBeEqual(Shape left, Shape right) {
    return left.alternatives().stream()
        .anyMatch(one -> right.alternatives().stream().anyMatch(other -> equates(one, other)));
  }

  private static boolean equates(Shape one, Shape other) {
    if (one instanceof Shape.Text text
        && other instanceof Shape.Text second
        && text.constants() != null
        && second.constants() != null) {
      return text.constants().stream().anyMatch(second.constants()::contains);
    }
    Kind left = one.kinds().iterator().next();
    return left.equates(other.kinds().iterator().next());
  }

  private static String sides(Node left, Value leftValue, Node right, Value rightValue) {
    return Printed.of(left)
        + " is "
        + leftValue.shape().described()
        + " and "
        + Printed.of(right)
        + " is "
        + rightValue.shape().described();
  }
}
