package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.server.InngestServer;

/** The project's own server: {@code InngestApp <port> <signed>}. */
public final class InngestApp {
  private InngestApp() {}

  /** Serves until the process is told to stop. */
  public static void main(String[] arguments) {
    InngestOptions.Builder options = InngestOptions.builder().appId("load").eventKey("none");
    if (Boolean.parseBoolean(arguments[1])) {
      options.dev(false).signingKey(Signing.KEY_TEXT);
    } else {
      options.dev(true);
    }
    InngestServer.builder()
        .client(Inngest.of(options.build()))
        .functions(LoadFunctions.all())
        .port(Integer.parseInt(arguments[0]))
        .autoSync(false)
        .start();
  }
}
