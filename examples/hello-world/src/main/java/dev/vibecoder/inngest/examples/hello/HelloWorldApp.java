package dev.vibecoder.inngest.examples.hello;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.InngestUrls;
import dev.vibecoder.inngest.devserver.DevServer;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.server.InngestServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the example: the embedded server and the app, one event in each language, and what became of
 * them.
 */
public final class HelloWorldApp {
  private static final String APP_ID = "hello-world";
  private static final Instant TIMESTAMP = Instant.parse("2024-01-01T00:00:00.000Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String USAGE =
      """
      Usage: java -jar hello-world.jar [--serve | --app | --help]

        (none)   start the embedded Inngest server and the app, greet in four languages, and end
        --serve  the same, but keep both running
        --app    start only the app; it registers with the server that INNGEST_DEV or
                 INNGEST_BASE_URL names
        --help   show this text

      Ports: INNGEST_DEV_PORT (9288), INNGEST_CONNECT_PORT (9289), INNGEST_APP_PORT (3001).
      """;

  private static final CountDownLatch STOPPED = new CountDownLatch(1);
  private static final int STOP_SECONDS = 35;

  private final PrintStream out;

  private HelloWorldApp(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the example.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    // Greetings are in four languages, whatever the locale.
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    int status;
    try {
      status = new HelloWorldApp(out).run(List.of(arguments));
    } catch (InngestException e) {
      System.err.println("hello-world: " + e.getMessage());
      status = 1;
    }
    STOPPED.countDown();
    System.exit(status);
  }

  private int run(List<String> arguments) {
    String mode = arguments.isEmpty() ? "" : arguments.get(0);
    switch (arguments.size() > 1 ? "too many" : mode) {
      case "" -> {
        return demonstrate(false);
      }
      case "--serve" -> {
        return demonstrate(true);
      }
      case "--app" -> {
        return serveApp();
      }
      case "--help" -> {
        out.print(USAGE);
        return 0;
      }
      default -> {
        System.err.println("hello-world: unknown arguments " + String.join(" ", arguments));
        System.err.print(USAGE);
        return 2;
      }
    }
  }

  /** The app alone, with whatever server the environment names. */
  private int serveApp() {
    Inngest client = Inngest.of(InngestOptions.builder().appId(APP_ID).build());
    Inngest.setDefault(client);
    try (InngestServer app = app(client)) {
      out.println("App        " + app.url());
      out.println("Server     " + client.options().apiUrl());
      modeLines(client.options()).forEach(out::println);
      awaitEnd();
      return 0;
    }
  }

  private int demonstrate(boolean serve) {
    InngestUrls urls = InngestUrls.fromEnvironment();
    try (DevServer server =
        DevServer.builder()
            .port(urls.devServer().getPort())
            .connectPort(urls.connectGateway().getPort())
            .start()) {
      Inngest client =
          Inngest.of(
              InngestOptions.builder().appId(APP_ID).dev(true).baseUrl(server.url()).build());
      Inngest.setDefault(client);
      try (InngestServer app = app(client)) {
        out.println("Dashboard  " + server.dashboardUrl());
        out.println("App        " + app.url());
        if (!app.awaitRegistered(PATIENCE)) {
          throw new InngestException("The app could not register with " + server.url());
        }
        boolean complete = greet(server.url());
        out.println();
        out.println("Dashboard  " + server.dashboardUrl());
        if (serve) {
          out.println("Start the second function with");
          out.println(
              "  curl -d '{\"name\":\"demo/order.placed\",\"data\":{\"orderId\":\"A-1\","
                  + "\"quantity\":2}}' "
                  + server.url()
                  + "/e/test");
          out.println("Both keep running; end them with Ctrl+C.");
          awaitEnd();
        }
        return complete ? 0 : 1;
      }
    }
  }

  private static InngestServer app(Inngest client) {
    return InngestServer.builder()
        .client(client)
        .functions(functions(Environment.ofProcess(port(client.options().apiUrl()))))
        .start();
  }

  /** The port of a URL, also where it is not written. */
  static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return "http".equals(url.getScheme()) ? 80 : 443;
  }

  /** What whoever starts the app alone has to know of its mode. */
  static List<String> modeLines(InngestOptions options) {
    if (options.dev()) {
      return List.of("Mode       development; it registers with the server by itself");
    }
    return List.of(
        "Mode       cloud: only signed requests are answered"
            + (options.serverConfigured() ? "" : ", and nothing registers by itself"),
        options.signingKey().isPresent()
            ? "           For a development server set INNGEST_DEV=1 or its URL"
            : "           INNGEST_SIGNING_KEY is missing; for a development server set"
                + " INNGEST_DEV=1 or its URL");
  }

  static List<FunctionDefinition> functions(Environment environment) {
    return List.of(HelloWorldFunction.define(environment), ProcessOrderFunction.define());
  }

  /** Sends one event for each language and tells what became of it. */
  private boolean greet(URI server) {
    List<String> events = new ArrayList<>();
    for (Language language : Language.values()) {
      String name = language == Language.RUSSIAN ? "Гуру" : "Guru";
      HelloWorldData data = new HelloWorldData(name, language, TIMESTAMP);
      events.add(InngestEvents.sendHelloWorldEvent(data).id());
    }
    Timeline timeline = new Timeline(server, out);
    boolean complete = true;
    List<String> results = new ArrayList<>();
    for (String event : events) {
      Timeline.Outcome outcome = timeline.follow(event, PATIENCE);
      complete &= outcome.completed();
      results.add(outcome.result());
    }
    out.println();
    out.println("Results");
    results.forEach(result -> out.println("  " + result));
    return complete;
  }

  /** Waits for Ctrl+C or SIGTERM; the process lives on until everything is closed. */
  private static void awaitEnd() {
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  end.countDown();
                  await(STOPPED);
                },
                "hello-world-shutdown"));
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("hello-world: something did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
