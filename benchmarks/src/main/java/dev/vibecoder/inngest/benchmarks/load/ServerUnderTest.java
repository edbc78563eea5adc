package dev.vibecoder.inngest.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, pinned to one core. */
final class ServerUnderTest implements AutoCloseable {
  /** What can be started. */
  enum Kind {
    INNGEST(InngestApp.class),
    /** The project as it is in the jar that the system property {@code load.other} names. */
    OTHER(InngestApp.class),
    JETTY(BareJetty.class),
    NETTY(BareNetty.class),
    JS(null);

    private final Class<?> main;

    Kind(Class<?> main) {
      this.main = main;
    }

    /** Whether it answers what functions give, and not the same to all calls. */
    boolean runsFunctions() {
      return this != JETTY && this != NETTY;
    }
  }

  private final Process process;
  private final int port;

  private ServerUnderTest(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server; it may not listen yet.
   *
   * @param cores the cores it may use, as {@code taskset} takes them
   * @param options what the JVM is given
   */
  static ServerUnderTest start(Kind kind, boolean signed, String cores, List<String> options)
      throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cores));
    ProcessBuilder builder = new ProcessBuilder();
    if (kind.main == null) {
      Path app = Path.of(System.getProperty("load.js.app", "benchmarks/src/main/js/load-app.mjs"));
      command.addAll(List.of("node", app.toAbsolutePath().toString()));
      builder.directory(new File(System.getProperty("load.js", "/nowhere")));
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      String classPath = System.getProperty("java.class.path");
      String used = kind == Kind.OTHER ? System.getProperty("load.other", "none") : classPath;
      command.addAll(List.of("-cp", used, kind.main.getName()));
    }
    command.addAll(List.of(Integer.toString(port), Boolean.toString(signed)));
    builder.command(command).redirectErrorStream(true);
    builder.redirectOutput(log(kind).toFile());
    return new ServerUnderTest(builder.start(), port);
  }

  private static Path log(Kind kind) {
    return Path.of(System.getProperty("java.io.tmpdir"), "load-" + kind + ".log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it listens. */
  void await() throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < until) {
      if (!process.isAlive()) {
        throw new IOException("The server ended with code " + process.exitValue());
      }
      try (LoadDriver driver = new LoadDriver(port, 1)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(20);
      }
    }
    throw new IOException("The server does not listen");
  }

  /** A field of {@code /proc/<pid>/status}, such as {@code VmRSS} in KiB. */
  long status(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("No " + field);
  }

  /** CPU time that it has used, in microseconds. */
  double cpuMicros() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    // utime and stime, in ticks of which Linux has a hundred a second.
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000.0;
  }

  /** How many of its open files are sockets. */
  long sockets() throws IOException {
    try (var files = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
      return files
          .filter(
              file -> {
                try {
                  return Files.readSymbolicLink(file).toString().startsWith("socket:");
                } catch (IOException gone) {
                  return false;
                }
              })
          .count();
    }
  }

  /** Tells it to stop; whether it did in time. */
  boolean stop(int seconds) throws InterruptedException {
    process.destroy();
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    if (!stop(10)) {
      process.destroyForcibly().waitFor();
    }
  }
}
