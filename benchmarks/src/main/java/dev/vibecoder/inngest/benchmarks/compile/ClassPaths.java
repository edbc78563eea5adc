package dev.vibecoder.inngest.benchmarks.compile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the compiler finds libraries and processors: Maven resolves them as it would in a build.
 */
final class ClassPaths {
  private static final String DEPENDENCY =
      "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>";

  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>bench</groupId><artifactId>bench</artifactId><version>1</version>
        <dependencies>%s</dependencies>
      </project>
      """;

  private final Path project;

  /**
   * Made for a folder of this project, built.
   *
   * @param project the root of the project
   */
  ClassPaths(Path project) {
    this.project = project;
  }

  String library(AnnotatedModule module) throws IOException, InterruptedException {
    if (!module.library().isEmpty()) {
      return of(module.library());
    }
    return jar("runtime") + File.pathSeparator + resolved(project.resolve("runtime/pom.xml"));
  }

  String processor(AnnotatedModule module) throws IOException, InterruptedException {
    return module.processor().isEmpty() ? jar("processor") : of(module.processor());
  }

  private String jar(String module) throws IOException {
    try (Stream<Path> files = Files.list(project.resolve(module).resolve("target"))) {
      return files
          .filter(
              file ->
                  file.getFileName()
                      .toString()
                      .matches("inngest-" + module + "-[^a-z]*(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("Build the module " + module + " first: mvn package"))
          .toString();
    }
  }

  private static String of(String coordinates) throws IOException, InterruptedException {
    Path pom = Files.createTempDirectory("compile").resolve("pom.xml");
    StringBuilder dependencies = new StringBuilder();
    for (String artifact : coordinates.split(" ")) {
      dependencies.append(DEPENDENCY.formatted((Object[]) artifact.split(":")));
    }
    Files.writeString(pom, POM.formatted(dependencies));
    return resolved(pom);
  }

  private static String resolved(Path pom) throws IOException, InterruptedException {
    Path output = Files.createTempFile("compile", ".path");
    List<String> command =
        List.of(
            "mvn",
            "-q",
            "-B",
            "-f",
            pom.toString(),
            "dependency:build-classpath",
            "-Dmdep.includeScope=runtime",
            "-Dmdep.outputFile=" + output);
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("Not resolved: " + pom);
    }
    return Files.readString(output).strip();
  }
}
