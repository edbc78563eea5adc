package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One mistake is one diagnostic, at its own place, with one text, whichever compiler finds it: for
 * every code, the file, the line, the column, the whole text and the number of diagnostics.
 */
class MistakesTest {
  /** No mistake of a user: a defect of ours, which {@link DiagnosticsTest} provokes. */
  private static final Set<String> OWN = Set.of("internal");

  /** Bodies of methods are read with javac's own trees, which other compilers do not have. */
  private static final Set<String> OF_BODIES =
      Set.of(
          "clock-in-handler",
          "random-in-handler",
          "uuid-in-handler",
          "thread-in-handler",
          "environment-in-handler",
          "io-in-handler",
          "send-in-handler",
          "nested-step",
          "step-elsewhere",
          "catch-throwable",
          "finally-around-steps",
          "state-in-step",
          "event-cycle",
          "event-never-sent",
          "event-unhandled");

  static Stream<MistakeCase> mistakes() {
    return MistakeCase.all().stream();
  }

  static Stream<MistakeCase> mistakesThatEclipseKnows() {
    return mistakes().filter(mistake -> mistake.ecj().isPresent());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void javacReportsItOnceAtItsPlace(MistakeCase mistake) {
    assertReported(mistake, Compiled.Tool.JAVAC, mistake.javac());
  }

  @ParameterizedTest
  @MethodSource("mistakesThatEclipseKnows")
  void eclipseReportsItOnceAtItsPlace(MistakeCase mistake) {
    assertReported(mistake, Compiled.Tool.ECJ, mistake.ecj().orElseThrow());
  }

  private static void assertReported(
      MistakeCase mistake, Compiled.Tool tool, MistakeCase.Place place) {
    Compiled compiled = mistake.compile(tool);

    List<Compiled.Message> told =
        Stream.concat(compiled.errors().stream(), compiled.warnings().stream()).toList();
    assertThat(told).hasSize(1);
    Compiled.Message message = told.get(0);
    // javac moves all lines but the first to the right.
    String text =
        tool == Compiled.Tool.JAVAC ? message.text().replace("\n  ", "\n") : message.text();
    if (mistake.javac().line() > 0 && place.line() == 0) {
      assertThat(text).matches("(?s)\\[[^]]+] In (bad|app)\\.\\w[\\w.]*: .*");
      text = text.replaceFirst("In \\S+: ", "");
    }
    text = text.replaceFirst("It is \\S+inngest\\.lock", "It is inngest.lock");
    assertThat(text).isEqualTo("[inngest/" + mistake.code() + "] " + mistake.text());
    assertThat(MistakeCase.Place.of(message)).as("the place of: %s", message.at()).isEqualTo(place);
  }

  @Test
  void everyCodeIsHereForBothCompilers() {
    Set<String> all =
        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).collect(Collectors.toSet());
    all.removeAll(OWN);
    assertThat(mistakes().map(MistakeCase::code)).hasSameElementsAs(all);

    all.removeAll(OF_BODIES);
    assertThat(mistakesThatEclipseKnows().map(MistakeCase::code)).hasSameElementsAs(all);
  }
}
