package dev.vibecoder.inngest.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows is what the example has. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  private record Block(String language, String text) {}

  private static List<Block> blocks(String file) throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(Tool.PROJECT.resolve(file)));
    return matcher.results().map(found -> new Block(found.group(1), found.group(2))).toList();
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ReadmeTest::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/ru/README.md"})
  void everyJavaSnippetStandsInTheExample(String file) throws IOException {
    String sources = sources();
    List<Block> snippets =
        blocks(file).stream().filter(block -> block.language().equals("java")).toList();
    assertThat(snippets).hasSizeGreaterThan(2);
    for (Block snippet : snippets) {
      assertThat(sources).contains(snippet.text().stripTrailing());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/ru/README.md"})
  void theFirstTwoCommandsRunTheExampleAndTheTests(String file) throws IOException {
    List<String> commands =
        blocks(file).stream()
            .filter(block -> block.language().equals("sh"))
            .map(block -> block.text().strip())
            .toList();
    assertThat(commands.subList(0, 2))
        .containsExactly(
            "mvn -q package -DskipTests && java -jar examples/hello-world/target/hello-world.jar",
            "mvn verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/ru/README.md"})
  void everyLinkedFileExists(String file) throws IOException {
    Path readme = Tool.PROJECT.resolve(file);
    for (var link : LINK.matcher(Files.readString(readme)).results().toList()) {
      assertThat(readme.resolveSibling(link.group(1))).exists();
    }
  }
}
