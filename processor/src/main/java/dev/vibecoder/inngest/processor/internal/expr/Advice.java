package dev.vibecoder.inngest.processor.internal.expr;

import java.util.Optional;

/** What to do about two values of unlike kinds. */
final class Advice {
  private static final String GENERAL = "Bring both sides to one kind.";

  private Advice() {}

  /** How two sides could be compared. */
  static String compare(Node left, Value leftValue, Node right, Value rightValue) {
    return one(left, leftValue, rightValue)
        .or(() -> one(right, rightValue, leftValue))
        .orElse(GENERAL);
  }

  private static Optional<String> one(Node node, Value value, Value other) {
    if (is(value, Kind.TEXT)) {
      if (other.kinds().stream().allMatch(Kind::isNumber)) {
        return Optional.of(number(node));
      }
      if (is(other, Kind.TIME)) {
        return Optional.of("Write date(" + Printed.of(node) + ").");
      }
      if (is(other, Kind.BOOL) && node instanceof Node.Literal literal && isBoolean(literal)) {
        return Optional.of("Write " + literal.value() + " without quotes.");
      }
    }
    if (is(value, Kind.DOUBLE) && is(other, Kind.TIME)) {
      return Optional.of("Write date(int(" + Printed.of(node) + ")).");
    }
    return Optional.empty();
  }

  private static boolean is(Value value, Kind kind) {
    return value.kinds().stream().allMatch(own -> own == kind);
  }

  private static boolean isBoolean(Node.Literal literal) {
    return literal.value().equals("true") || literal.value().equals("false");
  }

  private static String number(Node text) {
    if (text instanceof Node.Literal literal) {
      return literal.value().toString().matches("-?\\d+(\\.\\d+)?")
          ? "Write " + literal.value() + " without quotes."
          : GENERAL;
    }
    return "Write double(" + Printed.of(text) + ") if it is a number in writing.";
  }

  /** How two sides could be calculated with. */
  static String calculate(
      String function, Node left, Value leftValue, Node right, Value rightValue) {
    if (function.equals("_%_")) {
      return is(leftValue, Kind.DOUBLE)
          ? "Write int(" + Printed.of(left) + ")."
          : is(rightValue, Kind.DOUBLE) ? "Write int(" + Printed.of(right) + ")." : GENERAL;
    }
    return whole(left, leftValue, rightValue)
        .or(() -> whole(right, rightValue, leftValue))
        .or(() -> one(left, leftValue, rightValue))
        .or(() -> one(right, rightValue, leftValue))
        .orElse(GENERAL);
  }

  /** Numbers of JSON are doubles, also whole ones; those written without a point are integers. */
  private static Optional<String> whole(Node node, Value value, Value other) {
    if (!is(value, Kind.INT) || !is(other, Kind.DOUBLE)) {
      return Optional.empty();
    }
    return Optional.of(
        node instanceof Node.Literal literal
            ? "Write " + literal.value() + ".0: numbers of events are doubles."
            : "Write double(" + Printed.of(node) + "): numbers of events are doubles.");
  }
}
