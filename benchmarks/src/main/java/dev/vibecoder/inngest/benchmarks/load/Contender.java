package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.benchmarks.load.ServerUnderTest.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A server that is measured.
 *
 * @param kind which it is
 * @param server its process
 * @param connections how many call it at once
 * @param signed whether calls are signed
 */
record Contender(Kind kind, ServerUnderTest server, int connections, boolean signed)
    implements AutoCloseable {
  /**
   * What was seen in a while.
   *
   * @param rate answers a second
   * @param cpuMicros CPU time of the server for each
   */
  record Figures(double rate, double cpuMicros) {}

  static Contender start(Kind kind, boolean signed, int connections, List<String> jvm)
      throws IOException, InterruptedException {
    ServerUnderTest server = ServerUnderTest.start(kind, signed, "0", jvm);
    try {
      server.await();
      return new Contender(kind, server, connections, signed);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Calls it over connections of this turn: those that idle are cut. */
  Figures run(Workload workload, Duration time) throws IOException {
    boolean returns = kind.runsFunctions() && workload.equals(Workload.NO_STEP);
    byte[] call = CallMessage.of(server.port(), workload.function(), workload.body(), signed);
    try (LoadDriver driver = new LoadDriver(server.port(), connections)) {
      double before = server.cpuMicros();
      double rate = driver.run(call, returns ? 200 : 206, time);
      return new Figures(rate, (server.cpuMicros() - before) / driver.answered());
    }
  }

  long residentMib() throws IOException {
    return server.status("VmRSS") / 1024;
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
  }
}
