package dev.vibecoder.inngest.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.TypeRef;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Events a second over loopback, to a server in a process of its own: sent one by one, by 16
 * threads each one by one, and in batches of 1,000. Prints the median of the rounds of each.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar
 * dev.vibecoder.inngest.benchmarks.EventsBenchmark [rounds] [command before the server's java]};
 * run it under {@code taskset -c 0} with {@code taskset -c 1} as the command to give each a core.
 */
public final class EventsBenchmark {
  private static final int SENDERS = 16;
  private static final int BATCH = 1_000;
  private static final long ROUND_NANOS = 3_000_000_000L;
  private static final int WARM_UP_ROUNDS = 2;

  private record Payload(String orderId, String customer, int quantity, double amount) {}

  private record OrderPlaced(
      @Nullable String id,
      String name,
      Payload data,
      @Nullable Instant ts,
      @Nullable JsonNode user,
      @Nullable String v)
      implements Event<Payload> {}

  /** Sends events until a time and says how many it sent. */
  @FunctionalInterface
  private interface Load {
    long until(long endNanos) throws Exception;
  }

  private final Inngest client;
  private final EventType<OrderPlaced> type =
      EventType.of("shop/order.placed", TypeRef.of(Payload.class), OrderPlaced::new);

  private EventsBenchmark(Inngest client) {
    this.client = client;
  }

  /**
   * Measures.
   *
   * @param arguments the number of rounds, 5 if not given, and what to start the server with
   * @throws Exception if something fails
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    List<String> command = new ArrayList<>();
    command.addAll(
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EventStub.class.getName()));
    Process server =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      measure(Integer.parseInt(out.readLine()), rounds);
    } finally {
      server.destroy();
    }
  }

  private static void measure(int port, int rounds) throws Exception {
    InngestOptions options =
        InngestOptions.builder()
            .variables(Map.of())
            .appId("benchmark")
            .dev(true)
            .baseUrl(URI.create("http://127.0.0.1:" + port))
            .build();
    EventsBenchmark benchmark = new EventsBenchmark(Inngest.of(options));
    System.out.printf("%-28s %10s%n", "", "events/s");
    report("one by one", rounds, benchmark::oneByOne);
    report(SENDERS + " senders, one by one each", rounds, benchmark::together);
    report("batches of " + BATCH, rounds, benchmark::batches);
  }

  private static void report(String what, int rounds, Load load) throws Exception {
    List<Long> rates = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      long start = System.nanoTime();
      long sent = load.until(start + ROUND_NANOS);
      long rate = sent * 1_000_000_000L / (System.nanoTime() - start);
      if (round >= 0) {
        rates.add(rate);
      }
    }
    Collections.sort(rates);
    System.out.printf("%-28s %10d   %s%n", what, rates.get(rates.size() / 2), rates);
  }

  private OrderPlaced event(int number) {
    return type.create(
        null,
        type.name(),
        new Payload("order-" + number, "customer-" + number % 100, number % 10, 12.5),
        null,
        null,
        null);
  }

  private long oneByOne(long end) {
    int sent = 0;
    while (System.nanoTime() < end) {
      client.send(event(sent++));
    }
    return sent;
  }

  private long together(long end) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    try {
      Callable<Long> sender = () -> oneByOne(end);
      long sent = 0;
      for (Future<Long> each : threads.invokeAll(Collections.nCopies(SENDERS, sender))) {
        sent += each.get();
      }
      return sent;
    } finally {
      threads.shutdown();
    }
  }

  private long batches(long end) {
    long sent = 0;
    while (System.nanoTime() < end) {
      List<OrderPlaced> batch = new ArrayList<>(BATCH);
      for (int i = 0; i < BATCH; i++) {
        batch.add(event(i));
      }
      sent += client.send(batch).ids().size();
    }
    return sent;
  }
}
