package dev.vibecoder.inngest.processor.internal.expr;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a parser that could not go on has met, and what was probably meant. */
final class SyntaxMistake {
  private static final Map<String, String> WORDS =
      Map.of("and", "&&", "or", "||", "not", "!", "eq", "==", "is", "==", "&", "&&", "|", "||");
  private static final Pattern TOKEN =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*|[0-9][\\w.]*|[=!<>&|]+|\\S");
  private static final Pattern TRIPLE = Pattern.compile("[=!]==");
  private static final Pattern OPTIONAL = Pattern.compile("\\?\\.(?=\\w)|\\.\\?|\\[\\?");
  private static final String HINT = "Expressions are CEL, as in event.data.total > 100.";

  private SyntaxMistake() {}

  static void report(String expression, Syntax.Parsed parsed, Mistakes mistakes) {
    if (expression.isBlank()) {
      mistakes.add(
          ProblemCode.EXPRESSION_SYNTAX,
          0,
          "The expression is empty.",
          "Write one, or leave it out.");
      return;
    }
    int at = parsed.at();
    Matcher triple = TRIPLE.matcher(expression);
    // The parser takes the first two signs for an operator and stumbles a little later.
    if (triple.find(Math.max(0, Math.min(at, expression.length()) - 2)) && triple.start() <= at) {
      mistakes.add(
          ProblemCode.EXPRESSION_SYNTAX,
          triple.start(),
          "There is no " + triple.group() + " in CEL.",
          "Write " + triple.group().substring(0, 2) + ".");
      return;
    }
    Matcher optional = OPTIONAL.matcher(expression);
    if (optional.find() && optional.start() <= at) {
      mistakes.add(
          ProblemCode.EXPRESSION_SYNTAX,
          optional.start(),
          "There is no " + optional.group() + " here.",
          "Write it without the question mark: fields that are missing are null.");
      return;
    }
    if (parsed.message().startsWith("For input string")
        || parsed.message().contains("out of range")) {
      mistakes.add(
          ProblemCode.EXPRESSION_SYNTAX,
          at,
          "The number is too large.",
          "Whole numbers have 64 bits; write a decimal point for larger ones.");
      return;
    }
    if (expression.substring(Math.min(at, expression.length())).isBlank()) {
      mistakes.add(
          ProblemCode.EXPRESSION_SYNTAX,
          expression.stripTrailing().length(),
          "The expression ends too early.",
          unclosed(expression));
      return;
    }
    Matcher token = TOKEN.matcher(expression);
    String met = token.find(at) ? token.group() : expression.substring(at);
    int place = met.isEmpty() ? at : expression.indexOf(met, at);
    mistakes.add(
        ProblemCode.EXPRESSION_SYNTAX, place, "\"" + met + "\" cannot stand here.", fix(met));
  }

  private static String unclosed(String expression) {
    for (List<Character> pair : List.of(List.of('(', ')'), List.of('[', ']'), List.of('{', '}'))) {
      long opened = expression.chars().filter(c -> c == pair.get(0)).count();
      long closed = expression.chars().filter(c -> c == pair.get(1)).count();
      if (opened > closed) {
        return "A " + pair.get(0) + " is not closed.";
      }
    }
    return "Something is missing at its end.";
  }

  private static String fix(String met) {
    if (WORDS.containsKey(met)) {
      return "Write " + WORDS.get(met) + ".";
    }
    return switch (met) {
      case "=" -> "Write == to compare; an expression changes nothing.";
      case "'", "\"" -> "The text is not closed, or has a \\ that means nothing.";
      case "`" -> "Write event.data[\"name\"] for a field whose name is no identifier.";
      case "$" -> "Write names without it: event.data.orderId.";
      default -> HINT;
    };
  }
}
