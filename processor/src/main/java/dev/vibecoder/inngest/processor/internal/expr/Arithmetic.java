package dev.vibecoder.inngest.processor.internal.expr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be added, multiplied and so on. The server does not mix kinds of numbers. */
final class Arithmetic {
  /** One pair of kinds that an operator takes. */
  private record Rule(Kind left, Kind right, Kind result) {}

  private static final List<Rule> SUMS =
      List.of(
          same(Kind.INT),
          same(Kind.UINT),
          same(Kind.DOUBLE),
          same(Kind.TEXT),
          same(Kind.BYTES),
          same(Kind.LIST),
          same(Kind.SPAN),
          new Rule(Kind.TIME, Kind.SPAN, Kind.TIME),
          new Rule(Kind.SPAN, Kind.TIME, Kind.TIME));
  private static final List<Rule> DIFFERENCES =
      List.of(
          same(Kind.INT),
          same(Kind.UINT),
          same(Kind.DOUBLE),
          same(Kind.SPAN),
          new Rule(Kind.TIME, Kind.TIME, Kind.SPAN),
          new Rule(Kind.TIME, Kind.SPAN, Kind.TIME));
  private static final List<Rule> PRODUCTS =
      List.of(same(Kind.INT), same(Kind.UINT), same(Kind.DOUBLE));
  private static final Map<String, List<Rule>> RULES =
      Map.of(
          "_+_",
          SUMS,
          "_-_",
          DIFFERENCES,
          "_*_",
          PRODUCTS,
          "_/_",
          PRODUCTS,
          "_%_",
          List.of(same(Kind.INT), same(Kind.UINT)));

  private Arithmetic() {}

  private static Rule same(Kind kind) {
    return new Rule(kind, kind, kind);
  }

  static boolean isOperator(String function) {
    return RULES.containsKey(function);
  }

  /** How well two values go together. */
  enum Fit {
    ALWAYS,
    SOMETIMES,
    NEVER
  }

  /**
   * What an operator makes of two values.
   *
   * @param result what it is where they go together
   */
  record Outcome(Fit fit, Value result) {}

  static Outcome of(String function, Value left, Value right) {
    List<Rule> rules = RULES.getOrDefault(function, List.of());
    boolean sum = function.equals("_+_");
    Set<Kind> results = new LinkedHashSet<>();
    boolean fits = false;
    boolean fails = false;
    for (Kind one : left.kinds()) {
      for (Kind other : right.kinds()) {
        List<Kind> made = results(rules, one, other);
        // The server joins what it cannot add to a text. That is meant where a text is in it.
        if (made.isEmpty() && sum && (one == Kind.TEXT || other == Kind.TEXT)) {
          made = List.of(Kind.TEXT);
        }
        fits |= !made.isEmpty();
        fails |= made.isEmpty();
        results.addAll(made);
      }
    }
    Kind declared = sum ? null : declared(rules, left.declared(), right.declared());
    if (!fits || (!sum && isRefused(rules, left.declared(), right.declared()))) {
      return new Outcome(Fit.NEVER, Value.ANY);
    }
    Shape shape =
        results.contains(Kind.LIST)
            ? Shapes.ANY
            : Shapes.oneOf(new ArrayList<>(results.stream().map(Shapes::of).toList()));
    return new Outcome(fails ? Fit.SOMETIMES : Fit.ALWAYS, new Value(shape, declared));
  }

  private static List<Kind> results(List<Rule> rules, Kind left, Kind right) {
    if (left.isOpen() && right.isOpen()) {
      return List.of(Kind.ANY);
    }
    return rules.stream()
        .filter(rule -> left.isOpen() || left == rule.left())
        .filter(rule -> right.isOpen() || right == rule.right())
        .map(Rule::result)
        .distinct()
        .toList();
  }

  private static boolean isRefused(List<Rule> rules, @Nullable Kind left, @Nullable Kind right) {
    return rules.stream().noneMatch(rule -> takes(rule, left, right));
  }

  private static @Nullable Kind declared(
      List<Rule> rules, @Nullable Kind left, @Nullable Kind right) {
    List<Kind> results =
        rules.stream()
            .filter(rule -> takes(rule, left, right))
            .map(Rule::result)
            .distinct()
            .toList();
    return results.size() == 1 ? results.get(0) : null;
  }

  private static boolean takes(Rule rule, @Nullable Kind left, @Nullable Kind right) {
    return (left == null || left == Kind.ANY || left == rule.left())
        && (right == null || right == Kind.ANY || right == rule.right());
  }
}
