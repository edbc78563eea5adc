package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One mistake is one error, at its own place, with one text, whichever compiler finds it. */
class MistakesTest {
  static Stream<MistakeCase> mistakes() {
    return MistakeCase.all().stream();
  }

  static Stream<MistakeCase> mistakesThatEclipseKnows() {
    return mistakes().filter(mistake -> mistake.ecj().isPresent());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void javacReportsOneErrorAtItsPlace(MistakeCase mistake) {
    assertReported(mistake, Compiled.Tool.JAVAC, Optional.of(mistake.javac()));
  }

  @ParameterizedTest
  @MethodSource("mistakesThatEclipseKnows")
  void eclipseReportsOneErrorAtItsPlace(MistakeCase mistake) {
    assertReported(mistake, Compiled.Tool.ECJ, mistake.ecj());
  }

  private static void assertReported(
      MistakeCase mistake, Compiled.Tool tool, Optional<MistakeCase.Place> place) {
    String[] sources =
        Stream.concat(Stream.of(MistakeCase.DATA), mistake.sources().stream())
            .toArray(String[]::new);

    Compiled compiled = Compiled.with(tool, List.of(), sources);

    assertThat(compiled.errors()).hasSize(1);
    Compiled.Message error = compiled.errors().get(0);
    String text = error.text();
    if (mistake.isNowhere(place.orElseThrow())) {
      assertThat(text).matches("(?s)\\[[^]]+] In bad\\.\\w[\\w.]*: .*");
      text = text.replaceFirst("In \\S+: ", "");
    }
    assertThat(text).isEqualTo("[inngest/" + mistake.code() + "] " + mistake.text());
    assertThat(new MistakeCase.Place(error.file(), error.line(), error.column()))
        .as("the place of: %s", error.at())
        .isEqualTo(place.orElseThrow());
    assertThat(compiled.warnings()).isEmpty();
  }
}
