package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks expressions. One for a compilation; the parser is loaded by the first check, and not
 * before it.
 */
public final class Expressions {
  private @Nullable Syntax syntax;

  public Expressions() {}

  /**
   * What is wrong with an expression.
   *
   * @param event what {@code event} is
   * @param async what {@code async} is; null where there is none
   * @return one finding a mistake, in the order of the text
   */
  public List<Finding> check(
      ExpressionUse use, String expression, Payload event, @Nullable Payload async) {
    Mistakes mistakes = new Mistakes(expression);
    Syntax.Parsed parsed = syntax().parse(expression);
    Node node = parsed.node();
    if (node == null) {
      SyntaxMistake.report(expression, parsed, mistakes);
      return mistakes.list();
    }
    Map<String, Value> variables = new HashMap<>();
    variables.put("event", new Value(event.shape(), Kind.MAP));
    if (async != null) {
      variables.put("async", new Value(async.shape(), Kind.MAP));
    }
    Value result = new Checker(use, mistakes, variables).check(node);
    Results.check(use, node, result, mistakes);
    return mistakes.list();
  }

  /**
   * What is wrong with the path of a {@code match}, such as {@code data.orderId}: both events must
   * have it, with values that can be equal.
   */
  public List<Finding> checkMatch(String path, Payload event, Payload async) {
    Mistakes mistakes = new Mistakes(path);
    new MatchPath(path, mistakes).check(event, async);
    return mistakes.list();
  }

  /** The expression that a {@code match} stands for: {@code event.<path> == async.<path>}. */
  public static String matching(String path) {
    return "event." + path + " == async." + path;
  }

  private Syntax syntax() {
    Syntax loaded = syntax;
    if (loaded == null) {
      loaded = new CelSyntax();
      syntax = loaded;
    }
    return loaded;
  }
}
