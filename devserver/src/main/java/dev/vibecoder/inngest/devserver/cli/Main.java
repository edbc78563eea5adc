package dev.vibecoder.inngest.devserver.cli;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.devserver.DevServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the dev server from the command line. */
public final class Main {
  private Main() {}

  /**
   * Starts the server and keeps it until the process is told to end.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    quietLibraries();
    int status = run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Settings of the logger in the runnable jar; those given on the command line win. */
  private static void quietLibraries() {
    Properties properties = System.getProperties();
    properties.putIfAbsent("org.slf4j.simpleLogger.log.org.eclipse.jetty", "warn");
    properties.putIfAbsent("org.slf4j.simpleLogger.showDateTime", "true");
    properties.putIfAbsent("org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS");
    properties.putIfAbsent("org.slf4j.simpleLogger.showThreadName", "false");
    properties.putIfAbsent("org.slf4j.simpleLogger.showShortLogName", "true");
  }

  private static int run(String[] arguments) {
    Arguments parsed;
    try {
      parsed = Arguments.parse(arguments, System.getenv());
    } catch (Arguments.UsageException e) {
      System.err.println("inngest-devserver: " + e.getMessage());
      return 2;
    }
    if (parsed.help()) {
      System.out.print(Arguments.USAGE);
      return 0;
    }
    DevServer.Builder builder =
        DevServer.builder()
            .port(parsed.port())
            .connectPort(parsed.connectPort())
            .host(parsed.host());
    parsed.sdkUrls().forEach(builder::sdkUrl);
    parsed.retryInterval().ifPresent(builder::retryInterval);
    try {
      return serve(builder.start());
    } catch (InngestException e) {
      System.err.println("inngest-devserver: " + e.getMessage());
      return 1;
    }
  }

  /** Serves until the process is told to end, or cannot go on: then the status is not 0. */
  private static int serve(DevServer server) {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger status = new AtomicInteger();
    var unused =
        server
            .failure()
            .thenAccept(
                failure -> {
                  status.set(1);
                  System.err.println(
                      "inngest-devserver: the engine failed, and what it knew is lost: " + failure);
                  end.countDown();
                });
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  end.countDown();
                },
                "inngest-shutdown"));
    System.out.println("Inngest dev server");
    System.out.println("  Dashboard  " + server.dashboardUrl());
    System.out.println("  API        " + server.url());
    System.out.println("  Apps       start them with INNGEST_DEV=" + server.url());
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return status.get();
  }
}
