package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.benchmarks.load.ServerUnderTest.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A server that is measured, with the driver that calls it.
 *
 * @param kind which it is
 * @param server its process
 * @param driver calls it
 * @param signed whether calls are signed
 */
record Contender(Kind kind, ServerUnderTest server, LoadDriver driver, boolean signed)
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
      return new Contender(kind, server, new LoadDriver(server.port(), connections), signed);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  Figures run(Workload workload, Duration time) throws IOException {
    boolean returns = kind.runsFunctions() && workload.equals(Workload.NO_STEP);
    byte[] call = CallMessage.of(server.port(), workload.function(), workload.body(), signed);
    double before = server.cpuMicros();
    double rate = driver.run(call, returns ? 200 : 206, time);
    return new Figures(rate, (server.cpuMicros() - before) / driver.answered());
  }

  long residentMib() throws IOException {
    return server.status("VmRSS") / 1024;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    driver.close();
    server.close();
  }
}
