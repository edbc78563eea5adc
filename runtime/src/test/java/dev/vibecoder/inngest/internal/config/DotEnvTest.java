package dev.vibecoder.inngest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.vibecoder.inngest.InngestException;
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

  @ParameterizedTest
  @ValueSource(
      strings = {"s3cret", "=s3cret", "1A=s3cret", "A B=s3cret", "A-B=s3cret", "A: s3cret"})
  void namesTheLineAndRepeatsNothingOfIt(String line) {
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
