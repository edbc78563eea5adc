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
    System.out.printf("%-28s%12s%12s%n", "ms to the first answer", "median", "fastest");
    for (int i = 0; i < 2; i++) {
      first(Kind.JETTY, List.of());
      first(Kind.INNGEST, List.of());
    }
    row("bare Jetty", rounds, Kind.JETTY, List.of());
    row("inngest", rounds, Kind.INNGEST, List.of());
    row("inngest, with an archive", rounds, Kind.INNGEST, archived);
  }

  private static void row(String name, int rounds, Kind kind, List<String> options)
      throws Exception {
    double[] times = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      times[i] = first(kind, options);
    }
    Arrays.sort(times);
    System.out.printf("%-28s%12.0f%12.0f%n", name, times[rounds / 2], times[0]);
  }

  private static double first(Kind kind, List<String> options) throws Exception {
    long start = System.nanoTime();
    try (ServerUnderTest server = ServerUnderTest.start(kind, true, "0,1", options)) {
      byte[] call = CallMessage.of(server.port(), "steps", BODY, true);
      while (!answered(server.port(), call)) {
        Thread.sleep(1);
      }
      return (System.nanoTime() - start) / 1e6;
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
