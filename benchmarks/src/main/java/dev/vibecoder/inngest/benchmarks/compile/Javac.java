package dev.vibecoder.inngest.benchmarks.compile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One javac in a process of its own, as a build without a daemon starts it. */
final class Javac {
  private final Path folder;
  private final List<String> command;

  private Javac(Path folder, List<String> command) {
    this.folder = folder;
    this.command = command;
  }

  /**
   * Compiles what lies in {@code folder/src}.
   *
   * @param classPath what the sources need
   * @param processorPath the processor and what it needs; empty for {@code -proc:none}
   */
  static Javac of(Path folder, String classPath, String processorPath) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("--release", "17", "-nowarn", "-cp", classPath));
    command.addAll(List.of("-d", folder.resolve("classes").toString()));
    if (processorPath.isEmpty()) {
      command.add("-proc:none");
    } else {
      if (Runtime.version().feature() >= 21) {
        // JDK 23 and newer process nothing that they are not told to.
        command.add("-proc:full");
      }
      command.addAll(List.of("-processorpath", processorPath));
      command.addAll(List.of("-s", folder.resolve("generated").toString()));
    }
    files(folder.resolve("src"), ".java").forEach(source -> command.add(source.toString()));
    return new Javac(folder, command);
  }

  /**
   * Compiles into empty folders.
   *
   * @return milliseconds from the start of the process to its end
   * @throws IOException with what javac printed, if it failed
   */
  double run() throws IOException, InterruptedException {
    for (String output : List.of("classes", "generated")) {
      empty(Files.createDirectories(folder.resolve(output)));
    }
    File log = folder.resolve("javac.log").toFile();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    int code = process.waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    if (code != 0) {
      throw new IOException("javac ended with " + code + "\n" + Files.readString(log.toPath()));
    }
    return millis;
  }

  /** How many classes the last run has generated, each a file. */
  int generated() throws IOException {
    return files(folder.resolve("generated"), ".java").size();
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static void empty(Path folder) throws IOException {
    for (Path file : files(folder, "")) {
      if (Files.isRegularFile(file)) {
        Files.delete(file);
      }
    }
  }
}
