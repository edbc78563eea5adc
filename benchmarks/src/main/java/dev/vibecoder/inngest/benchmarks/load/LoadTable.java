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
 * Requests a second of the servers, side by side. The servers run on the core 0 and this on the
 * core 1. Options, each {@code name=value,value}: {@code servers}, {@code workloads}, {@code
 * connections}, {@code signed}; {@code warm} and {@code seconds} are times, {@code rounds} how
 * often each is measured, of which the median is shown.
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
    System.out.printf("%n%s, %d connections%n", signed ? "signed" : "unsigned", connections);
    System.out.printf("%-10s", cpu() ? "CPU us" : "requests/s");
    workloads.forEach(workload -> System.out.printf("%12s", workload.name()));
    System.out.printf("%12s%n", "RSS MiB");
    Map<Kind, double[]> rates = new EnumMap<>(Kind.class);
    for (Kind kind : kinds) {
      rates.put(kind, row(kind, workloads, signed, connections));
    }
    double[] own = rates.get(Kind.INNGEST);
    for (Kind other : kinds) {
      if (own != null && other != Kind.INNGEST) {
        System.out.printf("%-10s", "to " + other);
        double[] theirs = rates.get(other);
        for (int i = 0; i < own.length; i++) {
          System.out.printf(Locale.ROOT, "%12.2f", cpu() ? theirs[i] / own[i] : own[i] / theirs[i]);
        }
        System.out.println();
      }
    }
  }

  private double[] row(Kind kind, List<Workload> workloads, boolean signed, int connections)
      throws Exception {
    double warm = Double.parseDouble(options.getOrDefault("warm", "3"));
    double seconds = Double.parseDouble(options.getOrDefault("seconds", "2"));
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "3"));
    List<String> jvm =
        options.containsKey("jvm") ? List.of(options.get("jvm").split(" ")) : List.of();
    System.out.printf("%-10s", kind);
    try (ServerUnderTest server = ServerUnderTest.start(kind, signed, "0", jvm)) {
      server.await();
      List<Double> medians = new ArrayList<>();
      try (LoadDriver driver = new LoadDriver(server.port(), connections)) {
        for (Workload workload : workloads) {
          byte[] body = workload.body();
          int status = workload.function().equals("no-step") && isOwn(kind) ? 200 : 206;
          byte[] call = CallMessage.of(server.port(), workload.function(), body, signed);
          driver.run(call, status, time(warm));
          double[] rates = new double[rounds];
          for (int round = 0; round < rounds; round++) {
            double before = server.cpuMicros();
            double rate = driver.run(call, status, time(seconds));
            rates[round] = cpu() ? (server.cpuMicros() - before) / driver.answered() : rate;
          }
          Arrays.sort(rates);
          medians.add(rates[rounds / 2]);
          System.out.printf(Locale.ROOT, "%12.1f", rates[rounds / 2]);
        }
      }
      System.out.printf("%12d%n", server.status("VmRSS") / 1024);
      return medians.stream().mapToDouble(rate -> rate).toArray();
    }
  }

  private boolean cpu() {
    return Boolean.parseBoolean(options.getOrDefault("cpu", "false"));
  }

  private static boolean isOwn(Kind kind) {
    return kind == Kind.INNGEST || kind == Kind.JS;
  }

  private static Duration time(double seconds) {
    return Duration.ofMillis((long) (seconds * 1_000));
  }
}
