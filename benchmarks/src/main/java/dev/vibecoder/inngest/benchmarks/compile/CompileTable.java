package dev.vibecoder.inngest.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What processors add to javac: whole processes, started cold, over one class and over many, with
 * the processor and with {@code -proc:none}. Rounds go through all processors in turn, so that a
 * slow moment of the machine meets all of them.
 *
 * <p>Arguments: rounds (5), classes of the large module (100). Started in the project's root, which
 * is built before.
 */
public final class CompileTable {
  private CompileTable() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int classes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    ClassPaths paths = new ClassPaths(Path.of("").toAbsolutePath());
    Path root = Files.createTempDirectory("compile-table");
    List<Row> rows = new ArrayList<>();
    for (AnnotatedModule module : AnnotatedModule.values()) {
      rows.add(new Row(module, paths, root.resolve(module.name()), rounds, classes));
    }
    for (Row row : rows) {
      row.round(-1);
    }
    for (int round = 0; round < rounds; round++) {
      for (Row row : rows) {
        row.round(round);
      }
    }
    System.out.printf(
        "javac %s, ms over -proc:none, medians of %d%n", Runtime.version().feature(), rounds);
    System.out.printf(
        "%-22s%12s%12s%12s%14s%16s%16s%n",
        "", "first", classes, "each more", "generated", "each generated", "whole process");
    for (Row row : rows) {
      row.print();
    }
  }

  /** One processor over a module of one class and a large one. */
  private static final class Row {
    private final AnnotatedModule module;
    private final int classes;
    private final List<Javac> compilers;
    private final double[][] times;

    Row(AnnotatedModule module, ClassPaths paths, Path folder, int rounds, int classes)
        throws IOException, InterruptedException {
      this.module = module;
      this.classes = classes;
      String library = paths.library(module);
      String processor = paths.processor(module);
      compilers = new ArrayList<>();
      for (int size : new int[] {1, classes}) {
        for (String path : List.of("", processor)) {
          Path place = folder.resolve(size + (path.isEmpty() ? "-none" : "-processed"));
          module.write(place.resolve("src"), size);
          compilers.add(Javac.of(place, library, path));
        }
      }
      times = new double[compilers.size()][rounds];
    }

    /** Runs all of them; a negative round warms the files up and is not kept. */
    void round(int round) throws IOException, InterruptedException {
      for (int i = 0; i < times.length; i++) {
        double millis = compilers.get(i).run();
        if (round >= 0) {
          times[i][round] = millis;
        }
      }
    }

    void print() throws IOException {
      double first = median(times[1]) - median(times[0]);
      double all = median(times[3]) - median(times[2]);
      double rest = all - first;
      int generated = compilers.get(3).generated();
      System.out.printf(
          "%-22s%12.0f%12.0f%12.1f%14d%16.1f%16.0f%n",
          module.title(),
          first,
          all,
          rest / (classes - 1),
          generated,
          rest / (generated - (double) generated / classes),
          median(times[3]));
    }

    private static double median(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }
}
