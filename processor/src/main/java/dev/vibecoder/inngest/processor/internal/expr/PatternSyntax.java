package dev.vibecoder.inngest.processor.internal.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * The syntax of regular expressions as the server has it, which is RE2's: what needs to go back,
 * such as look-ahead, does not exist. Loaded by the first pattern that is written out.
 */
final class PatternSyntax {
  private PatternSyntax() {}

  /** What is wrong with a regular expression, as the end of a sentence. */
  static Optional<String> problem(String pattern) {
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      if (e.getDescription().contains("internal error")) {
        return Optional.of("unexpected )");
      }
      String part = e.getPattern();
      boolean told = part == null || part.isEmpty() || part.equals(pattern);
      return Optional.of(told ? e.getDescription() : e.getDescription() + " " + part);
    }
  }
}
