package dev.vibecoder.inngest.examples.hello;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Programs that tests run. */
final class Tool {
  static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  private Tool() {}

  record Outcome(int status, String output) {}

  /** Skips the test, visibly, where a program is not installed. */
  static String require(String program) {
    List<String> folders =
        Arrays.asList(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1));
    boolean installed =
        folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!installed) {
      // Surefire counts skipped tests on the console but keeps the reason for its reports.
      System.out.println("SKIPPED, because " + program + " is not installed: " + caller());
    }
    assumeTrue(installed, program + " is not installed");
    return program;
  }

  private static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().endsWith("Test"))
                    .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                    .findFirst()
                    .orElse("a test"));
  }

  static Outcome run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return run(PROJECT, environment, command);
  }

  static Outcome run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("tool", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException(String.join(" ", command) + " did not end");
      }
      return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }
}
