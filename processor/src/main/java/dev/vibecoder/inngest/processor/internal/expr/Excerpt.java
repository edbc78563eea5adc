package dev.vibecoder.inngest.processor.internal.expr;

import java.util.List;

/** Shows an expression with a mark under one place of it. */
final class Excerpt {
  private static final String INDENT = "    ";

  private Excerpt() {}

  /** The lines of an expression, and the mark's line under the one that it belongs to. */
  static String of(String expression, int at) {
    int place = Math.min(at, expression.length());
    StringBuilder text = new StringBuilder();
    List<String> lines = expression.lines().toList();
    int start = 0;
    boolean marked = false;
    for (String line : lines) {
      text.append(INDENT).append(line.replace('\t', ' ')).append('\n');
      int end = start + line.length();
      if (!marked && place <= end) {
        marked = true;
        mark(text, line.codePointCount(0, place - start));
      }
      // A line ends with one character, or with two.
      start = expression.startsWith("\r\n", end) ? end + 2 : end + 1;
      if (!marked && place < start) {
        marked = true;
        mark(text, line.codePointCount(0, line.length()));
      }
    }
    if (!marked) {
      mark(text, 0);
    }
    return text.toString().stripTrailing();
  }

  private static void mark(StringBuilder text, int column) {
    text.append(INDENT).append(" ".repeat(column)).append("^\n");
  }
}
