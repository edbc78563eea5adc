package dev.vibecoder.inngest.processor.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions as the server's library takes and refuses them. */
class PatternSyntaxTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "^[A-Z]{3}-\\d+$",
        "a|b||c",
        "(?i)order (?P<id>\\w+)(?<more>.*)",
        "(?s-i:a.b)",
        "a(?i)+",
        "[[:alpha:]_][]a-z\\]-]*?",
        "[^]]",
        "\\p{Greek}\\pN\\x{10FFFF}\\x41\\012\\.\\/",
        "\\Q(*[\\E*",
        "a{2}b{2,}c{2,5}?d{,3}e{x}",
        "x{1000}",
        "^*$",
        "()|(a(b)c)*",
        "{",
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
        "(a~a ( is not closed",
        "a)~a ) has no ( before it",
        "(a|(b)~a ( is not closed",
        "[a-z~a [ is not closed",
        "[~a [ is not closed",
        "[]~a [ is not closed",
        "[z-a]~the range z-a ends before it begins",
        "*a~there is nothing before * to repeat",
        "a|+~there is nothing before + to repeat",
        "(?:?)~there is nothing before ? to repeat",
        "{2}~there is nothing before {2} to repeat",
        "a**~* repeats what is repeated already",
        "a++~+ repeats what is repeated already",
        "a{2}{3}~{3} repeats what is repeated already",
        "a{3,2}~{3,2} ends before it begins",
        "a{1001}~{1001} is more than 1000 times",
        "a{99999999999}~{99999999999} is more than 1000 times",
        "a(?=b)~(?= looks ahead, which RE2 cannot",
        "a(?!b)~(?! looks ahead, which RE2 cannot",
        "(?<=a)b~(?<= looks behind, which RE2 cannot",
        "(?<!a)b~(?<! looks behind, which RE2 cannot",
        "(?>a)~there is no group that begins with (?>",
        "(a)\\1~\\1 refers back to a group, which RE2 cannot",
        "(?P<n>a)\\k<n>~\\k refers back to a group, which RE2 cannot",
        "a\\Z~there is no \\Z",
        "a\\h~there is no \\h",
        "\\p{Greek~a { is not closed",
        "a\\~it ends with a backslash",
      })
  void whatTheServerRefusesIsNamed(String pattern, String problem) {
    assertThat(PatternSyntax.problem(pattern)).contains(problem);
  }
}
