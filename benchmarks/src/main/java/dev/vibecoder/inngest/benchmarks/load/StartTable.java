package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.benchmarks.load.ServerUnderTest.Kind;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Time from the start of the JVM to the first answered call, signed and with one step: bare Jetty,
 * the project, and the project with an archive of its classes (AppCDS). {@code rounds} as the only
 * argument, 15 if there is none.
 */
public final class StartTable {
  private static final byte[] BODY = Workload.named("1").body();

  private StartTable() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    Path archive = Files.createTempDirectory("start").resolve("app.jsa");
    first(Kind.INNGEST, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off"));
    List<String> archived = List.of("-XX:SharedArchiveFile=" + archive);
    List<Row> rows =
        List.of(
            new Row("bare Jetty", Kind.JETTY, List.of(), new Start[rounds]),
            new Row("inngest", Kind.INNGEST, List.of(), new Start[rounds]),
            new Row("inngest, with an archive", Kind.INNGEST, archived, new Start[rounds]));
    for (int round = -1; round < rounds; round++) {
      for (Row row : rows) {
        Start start = first(row.kind, row.options);
        // The first round fills the caches of the machine.
        if (round >= 0) {
          row.starts[round] = start;
        }
      }
    }
    System.out.printf(
        "%-28s%12s%12s%12s%12s%n",
        "ms to the first answer", "median", "fastest", "to Jetty", "CPU");
    for (Row row : rows) {
      System.out.printf(
          "%-28s%12.0f%12.0f%12.2f%12.0f%n",
          row.name, row.median(), row.time(0), row.median() / rows.get(0).median(), row.cpu());
    }
  }

  /** One way to start; they take turns, so that what else the machine does hits all of them. */
  private record Row(String name, Kind kind, List<String> options, Start[] starts) {
    double time(int position) {
      return Arrays.stream(starts).mapToDouble(Start::time).sorted().toArray()[position];
    }

    double median() {
      return time(starts.length / 2);
    }

    double cpu() {
      return Arrays.stream(starts).mapToDouble(Start::cpu).sorted().toArray()[starts.length / 2];
    }
  }

  /**
   * One start.
   *
   * @param time milliseconds to the first answer
   * @param cpu milliseconds of CPU time until then
   */
  private record Start(double time, double cpu) {}

  private static Start first(Kind kind, List<String> options) throws Exception {
    long start = System.nanoTime();
    try (ServerUnderTest server = ServerUnderTest.start(kind, true, "0,1", options)) {
      byte[] call = CallMessage.of(server.port(), "steps", BODY, true);
      while (!answered(server.port(), call)) {
        Thread.sleep(1);
      }
      return new Start((System.nanoTime() - start) / 1e6, server.cpuMicros() / 1e3);
    }
  }

  private static boolean answered(int port, byte[] call) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(call);
      ResponseReader response = new ResponseReader();
      byte[] bytes = new byte[8_192];
      int read = socket.getInputStream().read(bytes);
      while (read > 0 && !response.take(ByteBuffer.wrap(bytes, 0, read))) {
        read = socket.getInputStream().read(bytes);
      }
      if (read <= 0 || response.status() != 206) {
        throw new IllegalStateException("Not answered: " + response.text());
      }
      return true;
    } catch (IOException notListening) {
      return false;
    }
  }
}
