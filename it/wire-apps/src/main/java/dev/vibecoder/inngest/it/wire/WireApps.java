package dev.vibecoder.inngest.it.wire;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.server.InngestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Serves one of the apps: {@code --app scenario} or {@code --app test-suite}. The port is {@code
 * INNGEST_APP_PORT}, and everything else comes from the environment, too.
 */
public final class WireApps {
  private WireApps() {}

  /** Serves until the process is told to stop. */
  public static void main(String[] arguments) throws IOException {
    String app = arguments.length == 2 && arguments[0].equals("--app") ? arguments[1] : "not given";
    switch (app) {
      case "scenario" -> scenario();
      case "test-suite" -> testSuite();
      default -> {
        System.err.println("Usage: java -jar wire-apps.jar --app scenario|test-suite");
        System.exit(2);
      }
    }
  }

  private static void scenario() throws IOException {
    EchoServer echo = EchoServer.start();
    InngestOptions options = InngestOptions.builder().appId("rec").appVersion("1.2.3").build();
    server(options, new ScenarioFunctions(echo.url()).all()).start();
  }

  private static void testSuite() {
    Map<String, String> environment = System.getenv();
    InngestOptions options = InngestOptions.builder().appId("test-suite").build();
    TestSuiteFunctions functions =
        new TestSuiteFunctions(
            environment.getOrDefault("SLEEP_ID", "for 2s"),
            environment.getOrDefault("WAIT_ID", "test/resume"));
    // The suites register the app with URLs of their own, which it must not replace by its own.
    server(options, functions.all()).autoSync(false).start();
  }

  private static InngestServer.Builder server(
      InngestOptions options, List<FunctionDefinition> functions) {
    return InngestServer.builder()
        .client(Inngest.of(options))
        .functions(functions)
        .maxBodyBytes(60 * 1024 * 1024)
        .stopTimeout(Duration.ofSeconds(10));
  }
}
