package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the protocol names tests that exist, and every test class of a section. */
class ProtocolTableTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
  private static final Path TESTS = Path.of("src/test/java");

  @Test
  void everyTestThatTheTableNamesExists() throws IOException {
    String table = Files.readString(Path.of("../docs/protocol.md"));
    Map<String, Path> classes = testClasses();
    Set<String> missing = new TreeSet<>();
    TEST.matcher(table)
        .results()
        .filter(named -> !exists(named, classes))
        .forEach(named -> missing.add(named.group()));
    assertThat(missing).isEmpty();
    assertThat(classes.keySet().stream().filter(name -> name.startsWith("Spec")))
        .allMatch(table::contains);
  }

  private static boolean exists(MatchResult named, Map<String, Path> classes) {
    Path file = classes.get(named.group(1));
    if (file == null || named.group(2) == null) {
      return file != null;
    }
    try {
      return Files.readString(file).contains(" void " + named.group(2) + "(");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Path> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""), Function.identity()));
    }
  }
}
