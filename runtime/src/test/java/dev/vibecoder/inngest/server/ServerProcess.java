package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import java.util.List;
import java.util.Map;

/** A JVM of its own that serves a function, which stays until something is typed. */
final class ServerProcess {
  private ServerProcess() {}

  public static void main(String[] arguments) {
    FunctionDefinition function =
        FunctionDefinition.define("blocking")
            .on("test/event")
            .handle(
                (event, step) -> {
                  System.out.println("entered");
                  return "read " + System.in.read();
                });
    InngestServer server =
        InngestServer.builder()
            .client(
                Inngest.of(
                    InngestOptions.builder().variables(Map.of()).appId("app").dev(true).build()))
            .functions(List.of(function))
            .port(0)
            .autoSync(false)
            .start();
    System.out.println("port " + server.port());
  }
}
