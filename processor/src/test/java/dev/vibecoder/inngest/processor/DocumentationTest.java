package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The document has every code, and its examples are what it says they are. */
class DocumentationTest {
  private static final Path DOCUMENT = Path.of("../docs/diagnostics.md");
  private static final Pattern ENTRY =
      Pattern.compile("(?ms)^## ([a-z-]+)\n\n> (.*?)\n\n(.*?)(?=^## |^# |\\z)");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```\n");

  private static final String LOCK = "// inngest.lock\n";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  /** A defect of the processor; if it could be provoked, it would be mended. */
  private static final Set<String> WITHOUT_EXAMPLE = Set.of("internal");

  /** What only javac can know. */
  private static final Set<String> NOT_IN_ECLIPSE =
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
          "event-unhandled",
          "event-never-sent",
          "event-cycle");

  /**
   * What is said of a code.
   *
   * @param quote the beginning of a message
   */
  private record Entry(String code, String quote, String bad, String good) {}

  private static String document() {
    try {
      return Files.readString(DOCUMENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands above every example. */
  private static String prelude() {
    Matcher block = BLOCK.matcher(document());
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Matcher entry = ENTRY.matcher(document());
    while (entry.find()) {
      List<String> blocks =
          BLOCK.matcher(entry.group(3)).results().map(block -> block.group(1)).toList();
      if (blocks.size() == 2) {
        entries.add(
            new Entry(
                entry.group(1),
                entry.group(2).replace("\n", " ").replace(" (warning)", ""),
                blocks.get(0),
                blocks.get(1)));
      }
    }
    return entries;
  }

  static Stream<Arguments> examples() {
    return entries().stream()
        .flatMap(
            entry ->
                Arrays.stream(Compiled.Tool.values())
                    .filter(
                        tool ->
                            tool == Compiled.Tool.JAVAC || !NOT_IN_ECLIPSE.contains(entry.code()))
                    .map(tool -> Arguments.of(entry.code(), tool, entry)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("examples")
  void theBadExampleGivesThatMessageAndNoOther(String code, Compiled.Tool tool, Entry entry)
      throws IOException {
    List<Compiled.Message> told = told(compile(tool, entry.bad()));
    assertThat(told)
        .extracting(message -> message.text().replaceFirst("] In [\\w.]+: ", "] "))
        .singleElement()
        .asString()
        .startsWith("[inngest/" + code + "] " + entry.quote());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("examples")
  void theGoodExampleGivesNone(String code, Compiled.Tool tool, Entry entry) throws IOException {
    assertThat(told(compile(tool, entry.good()))).as(code).isEmpty();
  }

  @Test
  void everyCodeHasAnEntryAndTwoExamples() {
    List<String> documented =
        Stream.concat(entries().stream().map(Entry::code), WITHOUT_EXAMPLE.stream()).toList();
    assertThat(documented)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
    WITHOUT_EXAMPLE.forEach(code -> assertThat(document()).contains("\n## " + code + "\n"));
  }

  private static List<Compiled.Message> told(Compiled compiled) {
    return Stream.concat(compiled.errors().stream(), compiled.warnings().stream()).toList();
  }

  private Compiled compile(Compiled.Tool tool, String example) throws IOException {
    String prelude = prelude();
    String imports = prelude.substring(0, prelude.indexOf("@InngestEvent"));
    List<String> options = new ArrayList<>();
    List<String> sources = new ArrayList<>(List.of(prelude));
    Generating other = new Generating();
    List<Processor> others = List.of(other);
    StringBuilder text = new StringBuilder(imports);
    String generated = "";
    int lock = example.indexOf(LOCK);
    if (lock >= 0) {
      Path file = folder.resolve("inngest.lock");
      Files.writeString(file, example.substring(lock + LOCK.length()).replaceAll("(?m)^// ?", ""));
      options.add("-Ainngest.lock=" + file);
    }
    String code = lock < 0 ? example : example.substring(0, lock);
    for (String line : (code + "// end.java").split("\n", -1)) {
      Matcher file =
          Pattern.compile("// (made by another processor: )?(\\S+)\\.java").matcher(line);
      if (line.startsWith("// -A")) {
        options.add(line.substring(3));
      } else if (file.matches()) {
        if (!generated.isEmpty()) {
          other.with(generated, text.toString());
        } else if (!text.toString().equals(imports)) {
          sources.add(text.toString());
        }
        generated = file.group(1) == null ? "" : file.group(2).replace('/', '.');
        text.setLength(0);
      } else {
        text.append(line).append('\n');
      }
    }
    return Compiled.with(tool, options, others, sources.toArray(String[]::new));
  }
}
