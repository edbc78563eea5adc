package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.benchmarks.load.ServerUnderTest.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Requests a second of the servers, in turn. The servers run on the core 0 and this on the core 1.
 * Options, each {@code name=value,value}: {@code servers}, {@code workloads}, {@code connections},
 * {@code signed}; {@code warm} and {@code seconds} are times, {@code rounds} how often each is
 * measured, of which the median is shown; {@code jvm} what the servers' JVMs are given; {@code
 * cpu=true} shows microseconds of CPU time a request instead.
 */
public final class LoadTable {
  private final Map<String, String> options;

  private LoadTable(Map<String, String> options) {
    this.options = options;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new java.util.HashMap<>();
    for (String argument : arguments) {
      options.put(argument.split("=", 2)[0], argument.split("=", 2)[1]);
    }
    pin();
    new LoadTable(options).measure();
  }

  private static void pin() throws IOException, InterruptedException {
    String self = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("taskset", "-a", "-c", "-p", "1", self).start().waitFor();
  }

  private List<String> list(String name, String defaults) {
    return Arrays.asList(options.getOrDefault(name, defaults).split(","));
  }

  private void measure() throws Exception {
    List<Kind> kinds =
        list("servers", "inngest,jetty,netty").stream()
            .map(name -> Kind.valueOf(name.toUpperCase(Locale.ROOT)))
            .toList();
    for (String signed : list("signed", "true,false")) {
      for (String connections : list("connections", "1,8,32")) {
        table(kinds, Boolean.parseBoolean(signed), Integer.parseInt(connections));
      }
    }
  }

  private void table(List<Kind> kinds, boolean signed, int connections) throws Exception {
    List<Workload> workloads =
        list("workloads", "no-step,1,10,100,1000").stream().map(Workload::named).toList();
    Map<Kind, Contender> contenders = new EnumMap<>(Kind.class);
    try {
      for (Kind kind : kinds) {
        contenders.put(kind, Contender.start(kind, signed, connections, jvm()));
      }
      Map<Kind, List<Double>> figures = new EnumMap<>(Kind.class);
      for (Kind kind : kinds) {
        figures.put(kind, new ArrayList<>());
      }
      // All kinds of calls before the first figure: what is compiled fits all of them.
      for (Workload workload : workloads) {
        for (Contender contender : contenders.values()) {
          contender.run(workload, time("warm", "5"));
        }
      }
      for (Workload workload : workloads) {
        column(workload, contenders, figures);
      }
      print(workloads, contenders, figures, signed, connections);
    } finally {
      for (Contender contender : contenders.values()) {
        contender.close();
      }
    }
  }

  /** The servers take turns, so that what else the machine does hits all of them. */
  private void column(
      Workload workload, Map<Kind, Contender> contenders, Map<Kind, List<Double>> figures)
      throws IOException {
    Duration time = time("seconds", "2");
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
    Map<Kind, double[]> samples = new EnumMap<>(Kind.class);
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders.values()) {
        Contender.Figures seen = contender.run(workload, time);
        samples.computeIfAbsent(contender.kind(), kind -> new double[rounds])[round] =
            cpu() ? seen.cpuMicros() : seen.rate();
      }
    }
    samples.forEach(
        (kind, values) -> {
          Arrays.sort(values);
          figures.get(kind).add(values[rounds / 2]);
        });
  }

  private void print(
      List<Workload> workloads,
      Map<Kind, Contender> contenders,
      Map<Kind, List<Double>> figures,
      boolean signed,
      int connections)
      throws IOException {
    System.out.printf("%n%s, %d connections%n", signed ? "signed" : "unsigned", connections);
    System.out.printf("%-10s", cpu() ? "CPU us" : "requests/s");
    workloads.forEach(workload -> System.out.printf("%12s", workload.name()));
    System.out.printf("%12s%n", "RSS MiB");
    for (Contender contender : contenders.values()) {
      System.out.printf("%-10s", contender.kind());
      figures.get(contender.kind()).forEach(f -> System.out.printf(Locale.ROOT, "%12.1f", f));
      System.out.printf("%12d%n", contender.residentMib());
    }
    List<Double> own = figures.get(Kind.INNGEST);
    for (Kind other : contenders.keySet()) {
      if (own != null && other != Kind.INNGEST) {
        System.out.printf("%-10s", "to " + other);
        List<Double> theirs = figures.get(other);
        for (int i = 0; i < own.size(); i++) {
          double ratio = own.get(i) / theirs.get(i);
          System.out.printf(Locale.ROOT, "%12.2f", cpu() ? 1 / ratio : ratio);
        }
        System.out.println();
      }
    }
  }

  private List<String> jvm() {
    return options.containsKey("jvm") ? List.of(options.get("jvm").split(" ")) : List.of();
  }

  private boolean cpu() {
    return Boolean.parseBoolean(options.getOrDefault("cpu", "false"));
  }

  private Duration time(String name, String defaultSeconds) {
    double seconds = Double.parseDouble(options.getOrDefault(name, defaultSeconds));
    return Duration.ofMillis((long) (seconds * 1_000));
  }
}
