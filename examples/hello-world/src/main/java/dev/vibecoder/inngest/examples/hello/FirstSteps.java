package dev.vibecoder.inngest.examples.hello;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.server.InngestServer;
import java.time.Duration;
import java.util.List;

/** The shortest program that serves the functions and sends an event, as shown in the README. */
final class FirstSteps {
  private FirstSteps() {}

  static void start() {
    Inngest client = Inngest.of(InngestOptions.builder().appId("hello-world").dev(true).build());
    Inngest.setDefault(client);
    InngestServer app =
        InngestServer.builder()
            .client(client)
            .functions(
                List.of(
                    HelloWorldFunction.define(new Environment("development", 9288)),
                    ProcessOrderFunction.define()))
            .start();
    // An event that comes before the functions are registered starts none of them.
    app.awaitRegistered(Duration.ofSeconds(10));
    InngestEvents.sendHelloWorldEvent(new HelloWorldData("Guru", Language.ENGLISH, null));
  }
}
