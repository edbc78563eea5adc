package dev.vibecoder.inngest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.support.LogLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
  @Test
  void readsTheUsualForms() {
    List<String> lines =
        List.of(
            "\uFEFF# a comment",
            "",
            "A=plain",
            "export B=exported",
            "  C = spaced ",
            "D=\"in quotes # no comment\" # a comment",
            "E='it\"s'",
            "F=half # comment",
            "G=a#b",
            "H=",
            "I=\"\"",
            "J=x=y",
            "K=tab\t# comment",
            "L=# only a comment",
            "M=Привет 🕉️",
            "A=last wins");
    assertThat(DotEnv.parse(lines, ".env"))
        .containsOnly(
            entry("A", "last wins"),
            entry("B", "exported"),
            entry("C", "spaced"),
            entry("D", "in quotes # no comment"),
            entry("E", "it\"s"),
            entry("F", "half"),
            entry("G", "a#b"),
            entry("H", ""),
            entry("I", ""),
            entry("J", "x=y"),
            entry("K", "tab"),
            entry("L", ""),
            entry("M", "Привет 🕉️"));
  }

  @Test
  void aByteOrderMarkBeforeTheFirstNameIsIgnored() {
    assertThat(DotEnv.parse(List.of("\uFEFFA=1"), ".env")).containsOnly(entry("A", "1"));
  }

  @Test
  void quotedValuesReachOverSeveralLines() {
    List<String> lines =
        List.of(
            "KEY=\"-----BEGIN PRIVATE KEY-----",
            "  MIIB=x # no comment",
            "-----END PRIVATE KEY-----\" # a comment",
            "INNGEST_B='one",
            "two'",
            "C=3");
    assertThat(DotEnv.parse(lines, ".env"))
        .containsOnly(
            entry(
                "KEY",
                "-----BEGIN PRIVATE KEY-----\n  MIIB=x # no comment\n-----END PRIVATE KEY-----"),
            entry("INNGEST_B", "one\ntwo"),
            entry("C", "3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        "=s3cret",
        "1A=s3cret",
        "my.prop=s3cret",
        "A-B=s3cret",
        "A: s3cret",
        "A=\"one\" s3cret",
        "A='s3cret"
      })
  void whatOtherToolsWroteIsSkippedAndReportedOnceWithoutRepeatingIt(String line) {
    try (LogLines log = new LogLines()) {
      String file = "x/" + line.hashCode() + ".env";
      for (int i = 0; i < 2; i++) {
        assertThat(DotEnv.parse(List.of("B=1", line, "", "C=2"), file))
            .containsOnly(entry("B", "1"), entry("C", "2"));
      }
      assertThat(log.lines(file)).hasSize(1).first().asString().contains(file + ", line 2:");
      assertThat(log.text()).doesNotContain("s3cret");
    }
  }

  @Test
  void allForeignLinesAreReportedInOneLine() {
    try (LogLines log = new LogLines()) {
      DotEnv.parse(List.of("a.b=1", "A=1", "[section]"), "all.env");
      assertThat(log.lines("all.env")).hasSize(1).first().asString().contains("line 1, 3:");
    }
  }

  @Test
  void aStrayQuoteHidesNoSettingBehindIt() {
    assertThat(
            DotEnv.parse(
                List.of("NOTE='tis nice", "INNGEST_DEV=1", "OTHER='abc' def"), "stray.env"))
        .containsOnly(entry("INNGEST_DEV", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INNGEST_s3cret",
        "export INNGEST_s3cret",
        "INNGEST_A B=s3cret",
        "INNGEST_A: s3cret",
        "INNGEST_A='s3cret",
        "INNGEST_A=\"x\" s3cret"
      })
  void anOwnLineThatIsMalformedIsAnErrorThatNamesItAndRepeatsNothingOfIt(String line) {
    assertThatThrownBy(() -> DotEnv.parse(List.of("A=1", line), "x/.env"))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("x/.env, line 2")
        .hasMessageContaining("NAME=value")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void aMissingFileAndADirectoryHaveNoSettings(@TempDir Path directory) {
    assertThat(DotEnv.read(directory.resolve("none"))).isEmpty();
    assertThat(DotEnv.read(directory)).isEmpty();
  }

  @Test
  void readsAFileAsUtf8(@TempDir Path directory) throws IOException {
    Path file = directory.resolve(".env");
    Files.writeString(file, "A=Гуру\r\nB=2\r\n", StandardCharsets.UTF_8);
    assertThat(DotEnv.read(file)).containsOnly(entry("A", "Гуру"), entry("B", "2"));
  }

  @Test
  void aFileThatIsNoTextOrFarTooLargeIsAnErrorThatNamesIt(@TempDir Path directory)
      throws IOException {
    Path binary = Files.write(directory.resolve("binary"), new byte[] {'A', '=', (byte) 0xff});
    assertThatThrownBy(() -> DotEnv.read(binary))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("binary");
    Path large = Files.writeString(directory.resolve("large"), "#".repeat(1024 * 1024 + 1));
    assertThatThrownBy(() -> DotEnv.read(large))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("large");
  }
}
