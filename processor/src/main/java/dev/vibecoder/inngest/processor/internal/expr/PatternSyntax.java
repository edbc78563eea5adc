package dev.vibecoder.inngest.processor.internal.expr;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The syntax of regular expressions as the server has them, which is RE2's: what needs to go back,
 * such as look-ahead, does not exist. Only what is surely wrong is told.
 */
final class PatternSyntax {
  private static final int MAX_REPEATS = 1000;
  private static final Pattern COUNT = Pattern.compile("\\{(\\d+)(,(\\d*))?}");
  private static final Pattern FLAGS = Pattern.compile("\\?[imsU]*(-[imsU]+)?([:)])");
  private static final Pattern NAME = Pattern.compile("\\?P?<\\w+>");
  private static final Pattern NAMED_CLASS = Pattern.compile("\\[:\\^?\\w+:]");

  /** Letters that mean something after a backslash. */
  private static final String ESCAPES = "AbBdDfnpPQrsStvwWxza";

  private final String text;
  private int at;
  private int open;

  /** Whether there is something that can be repeated. */
  private boolean repeatable;

  /** Whether it is repeated already. */
  private boolean repeated;

  private PatternSyntax(String text) {
    this.text = text;
  }

  /** What is wrong with a regular expression, as the end of a sentence. */
  static Optional<String> problem(String pattern) {
    return new PatternSyntax(pattern).problem();
  }

  private Optional<String> problem() {
    while (at < text.length()) {
      String wrong = next();
      if (!wrong.isEmpty()) {
        return Optional.of(wrong);
      }
    }
    return open > 0 ? Optional.of("a ( is not closed") : Optional.empty();
  }

  /** Goes on by one part, and gives what is wrong with it, or nothing. */
  private String next() {
    char c = text.charAt(at);
    return switch (c) {
      case '\\' -> escape();
      case '[' -> characters();
      case '(' -> group();
      case ')' -> {
        at++;
        literal();
        yield --open < 0 ? "a ) has no ( before it" : "";
      }
      case '|' -> {
        at++;
        repeatable = false;
        repeated = false;
        yield "";
      }
      case '*', '+', '?' -> {
        at++;
        yield repeat(String.valueOf(c));
      }
      case '{' -> count();
      default -> {
        at++;
        literal();
        yield "";
      }
    };
  }

  private void literal() {
    repeatable = true;
    repeated = false;
  }

  private String repeat(String operator) {
    if (!repeatable) {
      return "there is nothing before " + operator + " to repeat";
    }
    if (repeated) {
      return operator + " repeats what is repeated already";
    }
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
    }
    repeated = true;
    return "";
  }

  private String count() {
    Matcher count = COUNT.matcher(text).region(at, text.length());
    if (!count.lookingAt()) {
      at++;
      literal();
      return "";
    }
    at = count.end();
    String most = count.group(3);
    int from = number(count.group(1));
    int to = most == null || most.isEmpty() ? from : number(most);
    if (from > MAX_REPEATS || to > MAX_REPEATS) {
      return count.group() + " is more than " + MAX_REPEATS + " times";
    }
    return to < from ? count.group() + " ends before it begins" : repeat(count.group());
  }

  private static int number(String digits) {
    return digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private String escape() {
    if (at + 1 == text.length()) {
      return "it ends with a backslash";
    }
    char c = text.charAt(at + 1);
    at += 2;
    literal();
    if (c == 'Q') {
      int end = text.indexOf("\\E", at);
      at = end < 0 ? text.length() : end + 2;
      return "";
    }
    boolean octal = at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '7';
    if (c == 'k' || c == '8' || c == '9' || (c >= '1' && c <= '7' && !octal)) {
      return "\\" + c + " refers back to a group, which RE2 cannot";
    }
    boolean unknown = c < 128 && Character.isLetter(c) && ESCAPES.indexOf(c) < 0;
    if (unknown) {
      return "there is no \\" + c;
    }
    if ((c == 'p' || c == 'P' || c == 'x') && at < text.length() && text.charAt(at) == '{') {
      int end = text.indexOf('}', at);
      if (end < 0) {
        return "a { is not closed";
      }
      at = end + 1;
    }
    return "";
  }

  private String characters() {
    at++;
    if (at < text.length() && text.charAt(at) == '^') {
      at++;
    }
    boolean first = true;
    while (at < text.length() && (first || text.charAt(at) != ']')) {
      first = false;
      Matcher named = NAMED_CLASS.matcher(text).region(at, text.length());
      if (named.lookingAt()) {
        at = named.end();
      } else if (text.charAt(at) == '\\') {
        at += 2;
      } else if (isRange() && text.charAt(at) > text.charAt(at + 2)) {
        return "the range " + text.substring(at, at + 3) + " ends before it begins";
      } else {
        at += isRange() ? 3 : 1;
      }
    }
    if (at >= text.length()) {
      return "a [ is not closed";
    }
    at++;
    literal();
    return "";
  }

  private boolean isRange() {
    return at + 2 < text.length()
        && text.charAt(at + 1) == '-'
        && "]\\[".indexOf(text.charAt(at + 2)) < 0;
  }

  private String group() {
    at++;
    Matcher flags = FLAGS.matcher(text).region(at, text.length());
    if (flags.lookingAt() && flags.group(2).equals(")")) {
      at = flags.end();
      return "";
    }
    open++;
    repeatable = false;
    repeated = false;
    if (at == text.length() || text.charAt(at) != '?') {
      return "";
    }
    if (flags.lookingAt()) {
      at = flags.end();
      return "";
    }
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (name.lookingAt()) {
      at = name.end();
      return "";
    }
    String kind = text.substring(at, Math.min(at + 3, text.length()));
    if (kind.startsWith("?=") || kind.startsWith("?!")) {
      return "(" + kind.substring(0, 2) + " looks ahead, which RE2 cannot";
    }
    if (kind.equals("?<=") || kind.equals("?<!")) {
      return "(" + kind + " looks behind, which RE2 cannot";
    }
    return "there is no group that begins with (" + kind.substring(0, Math.min(2, kind.length()));
  }
}
