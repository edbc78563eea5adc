package dev.vibecoder.inngest.processor.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions as the server takes and refuses them. */
class PatternSyntaxTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "^[A-Z]{3}-\\d+$",
        "(?i)order (?P<id>\\w+)(?<more>.*)",
        "[[:alpha:]_][]a-z\\]-]*?",
        "\\p{Greek}\\pN\\x{10FFFF}\\Q(*[\\E*",
        "a{2}b{2,}c{2,5}?d{,3}e{x}",
        "()|(a(b)c)*||^*$",
        "Заказ №\\d+",
      })
  void whatTheServerTakesIsAccepted(String pattern) {
    assertThat(PatternSyntax.problem(pattern)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '~',
      value = {
        "(a~missing closing )",
        "a)~unexpected )",
        "id [a-z~missing closing ] [a-z",
        "[z-a]~invalid character class range z-a",
        "*a~missing argument to repetition operator *",
        "a++~invalid nested repetition operator ++",
        "a{1001}~invalid repeat count {1001}",
        "a(?=b)~invalid or unsupported Perl syntax (?=",
        "(a)\\1~invalid escape sequence \\1",
        "a\\~trailing backslash at end of expression",
      })
  void whatTheServerRefusesIsNamed(String pattern, String problem) {
    assertThat(PatternSyntax.problem(pattern)).contains(problem);
  }
}
