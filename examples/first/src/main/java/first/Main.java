package first;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.devserver.DevServer;
import dev.vibecoder.inngest.server.InngestServer;
import java.io.IOException;
import java.time.Duration;

/** A server for development, the app, and an event. */
public final class Main {
  private Main() {}

  /** Runs until Enter is pressed. */
  public static void main(String[] arguments) throws IOException {
    try (DevServer server = DevServer.builder().port(0).start()) {
      InngestOptions options =
          InngestOptions.builder().appId("first").dev(true).baseUrl(server.url()).build();
      Inngest.setDefault(Inngest.of(options));
      try (InngestServer app = InngestServer.builder().port(0).start()) {
        // An event that comes before the functions are registered starts none of them.
        app.awaitRegistered(Duration.ofSeconds(10));
        InngestEvents.sendUserJoinedEvent(new Welcome.UserJoined("Ada"));
        System.out.println(server.dashboardUrl());
        System.in.read();
      }
    }
  }
}
