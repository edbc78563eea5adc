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

/** What the README and the guides show is what the examples have. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  private record Block(String language, String text) {}

  private static List<Block> blocks(String file) throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(Tool.PROJECT.resolve(file)));
    return matcher.results().map(found -> new Block(found.group(1), found.group(2))).toList();
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Tool.PROJECT.resolve("examples"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/"))
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
  @ValueSource(strings = {"README.md", "docs/ru/README.md", "docs/functions.md", "docs/serving.md"})
  void everyJavaSnippetStandsInAnExample(String file) throws IOException {
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
  @ValueSource(strings = {"README.md", "docs/ru/README.md", "docs/functions.md", "docs/serving.md"})
  void everyLinkedFileExists(String file) throws IOException {
    Path readme = Tool.PROJECT.resolve(file);
    for (var link : LINK.matcher(Files.readString(readme)).results().toList()) {
      assertThat(readme.resolveSibling(link.group(1))).exists();
    }
  }

  private static String tag(String xml, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    assertThat(found.find()).as(name).isTrue();
    return found.group(1);
  }

  private static String block(String file, String language) throws IOException {
    return blocks(file).stream()
        .filter(block -> block.language().equals(language))
        .map(Block::text)
        .findFirst()
        .orElseThrow();
  }

  /** Without white space, so that only what is said is compared. */
  private static String bare(String xml) {
    return xml.replaceAll("\\s+", "");
  }

  /** What the pom of a project that is built against the packaged jars has, versions filled in. */
  private static String project() {
    String parent = read(Tool.PROJECT.resolve("pom.xml"));
    String invoker = read(Tool.PROJECT.resolve("it/pom.xml"));
    return bare(
        read(Tool.PROJECT.resolve("it/src/it/plain-maven/pom.xml"))
            .replace("@project.version@", tag(parent, "version"))
            .replace("@versions.compiler-plugin@", tag(invoker, "versions.compiler-plugin")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/ru/README.md"})
  void theMavenSetUpIsThatOfAProjectThatIsBuilt(String file) throws IOException {
    String shown = bare(block(file, "xml"));
    String project = project();
    for (String element : List.of("dependency", "annotationProcessorPaths")) {
      Matcher part = Pattern.compile("<" + element + ">.*?</" + element + ">").matcher(shown);
      assertThat(part.find()).as(element).isTrue();
      assertThat(project).contains(part.group());
    }
    String plugin = shown.substring(shown.indexOf("<plugin>"), shown.indexOf("<configuration>"));
    assertThat(project).contains(plugin);
    assertThat(project)
        .contains("<maven.compiler.release>" + tag(shown, "release") + "</maven.compiler.release>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/ru/README.md"})
  void gradleGetsTheSameArtifacts(String file) throws IOException {
    String version = tag(read(Tool.PROJECT.resolve("pom.xml")), "version");
    assertThat(block(file, "groovy"))
        .contains("implementation 'dev.vibecoder.inngest:inngest-runtime:" + version + "'")
        .contains("annotationProcessor 'dev.vibecoder.inngest:inngest-processor:" + version + "'");
  }
}
