package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.benchmarks.load.ServerUnderTest.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Full load for some minutes (5, or the argument): the heap after a collection stays flat, no
 * thread and no socket is left behind, and a stop lets calls that run end. Ends with code 1
 * otherwise.
 */
public final class Soak {
  private static final int CONNECTIONS = 32;
  private static final int SLOW_CALLS = 8;
  private static final Pattern USED =
      Pattern.compile("(?:total|heap) +total \\d+K, used (\\d+)K|used (\\d+)K");

  private Soak() {}

  /** What is seen of the server between two bursts. */
  private record Sample(long heapKib, long threads, long sockets, long residentKib) {}

  /** Loads, looks and judges. */
  public static void main(String[] arguments) throws Exception {
    double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 5;
    List<String> problems = new ArrayList<>();
    try (ServerUnderTest server = ServerUnderTest.start(Kind.INNGEST, true, "0", List.of())) {
      server.await();
      burst(server, 20);
      Sample first = sample(server);
      print(0, 0, first);
      Sample last = first;
      long end = System.nanoTime() + (long) (minutes * 60e9);
      for (int round = 1; System.nanoTime() < end; round++) {
        double rate = burst(server, Math.min(20, minutes * 10));
        last = sample(server);
        print(round, rate, last);
      }
      if (last.heapKib > first.heapKib * 1.2 + 2_048) {
        problems.add("The heap after a collection has grown");
      }
      if (last.threads > first.threads + 4) {
        problems.add("There are more threads");
      }
      if (last.sockets > first.sockets) {
        problems.add("There are more sockets");
      }
      if (!stopsGracefully(server)) {
        problems.add("A call that ran was not answered, or the server did not stop");
      }
    }
    problems.forEach(System.out::println);
    System.out.println(problems.isEmpty() ? "Soak: good" : "Soak: bad");
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  /** All workloads in turn, over connections of their own. */
  private static double burst(ServerUnderTest server, double seconds) throws IOException {
    double sum = 0;
    try (LoadDriver driver = new LoadDriver(server.port(), CONNECTIONS)) {
      for (Workload workload : Workload.ALL) {
        byte[] call = CallMessage.of(server.port(), workload.function(), workload.body(), true);
        Duration time = Duration.ofMillis((long) (seconds * 1_000 / Workload.ALL.size()));
        sum += driver.run(call, workload.equals(Workload.NO_STEP) ? 200 : 206, time);
      }
    }
    return sum / Workload.ALL.size();
  }

  private static Sample sample(ServerUnderTest server) throws Exception {
    Thread.sleep(2_000);
    jcmd(server, "GC.run");
    jcmd(server, "GC.run");
    Matcher used = USED.matcher(jcmd(server, "GC.heap_info"));
    long heap = 0;
    // Young and old generation where the collector has two, else the heap.
    while (used.find()) {
      String text = used.group(1) != null ? used.group(1) : used.group(2);
      heap += Long.parseLong(text);
      if (used.group(0).startsWith("heap")) {
        break;
      }
    }
    return new Sample(heap, server.status("Threads"), server.sockets(), server.status("VmRSS"));
  }

  private static String jcmd(ServerUnderTest server, String command) throws Exception {
    Process process =
        new ProcessBuilder("jcmd", Long.toString(server.pid()), command)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return text;
  }

  private static void print(int round, double rate, Sample sample) {
    System.out.printf(
        "%3d: %8.0f requests/s, heap after GC %6d KiB, %3d threads, %3d sockets, RSS %4d MiB%n",
        round, rate, sample.heapKib, sample.threads, sample.sockets, sample.residentKib / 1024);
  }

  /** Eight calls of two seconds are under way when the server is told to stop. */
  private static boolean stopsGracefully(ServerUnderTest server) throws Exception {
    byte[] call = CallMessage.of(server.port(), "slow", Workload.named("1").body(), true);
    ExecutorService callers = Executors.newFixedThreadPool(SLOW_CALLS);
    List<Future<Double>> answers = new ArrayList<>();
    for (int i = 0; i < SLOW_CALLS; i++) {
      answers.add(
          callers.submit(
              () -> {
                try (LoadDriver driver = new LoadDriver(server.port(), 1)) {
                  return driver.run(call, 206, Duration.ZERO);
                }
              }));
    }
    Thread.sleep(500);
    boolean stopped = server.stop(20);
    boolean answered = true;
    for (Future<Double> answer : answers) {
      try {
        answer.get();
      } catch (java.util.concurrent.ExecutionException e) {
        System.out.println(e.getCause());
        answered = false;
      }
    }
    callers.shutdown();
    System.out.printf("stop: %s, calls under way answered: %s%n", stopped, answered);
    return stopped && answered;
  }
}
