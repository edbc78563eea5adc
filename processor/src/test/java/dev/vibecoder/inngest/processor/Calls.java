package dev.vibecoder.inngest.processor;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Calls a function that was compiled, as a server does. */
final class Calls {
  private final FunctionDefinition function;
  private final String id;
  private final List<String> events;

  private Calls(FunctionDefinition function, String id, List<String> events) {
    this.function = function;
    this.id = id;
    this.events = events;
  }

  /**
   * The function of a generated class, whose id is {@code f}.
   *
   * @param events JSON of the event, or of the events of a batch
   */
  static Calls of(Compiled compiled, String generated, String... events)
      throws ReflectiveOperationException {
    return companion(compiled, generated, "", events);
  }

  /** The same for the function that is run after a failure or a cancellation. */
  static Calls companion(Compiled compiled, String generated, String suffix, String... events)
      throws ReflectiveOperationException {
    Class<?> type = compiled.load(generated);
    FunctionDefinition function = (FunctionDefinition) type.getMethod("define").invoke(null);
    return new Calls(function, "f" + suffix, List.of(events));
  }

  FunctionDefinition function() {
    return function;
  }

  /** What the function answers when these steps are remembered. */
  String with(String... memos) {
    return call("step", memos);
  }

  /** What it answers when one step is to be run. */
  String target(String step, String... memos) {
    return call(StepHash.of(step), memos);
  }

  private String call(String step, String... memos) {
    ServeHandler handler =
        ServeHandler.of(
            Inngest.of(InngestOptions.builder().variables(Map.of()).appId("a").dev(true).build()),
            FunctionRegistry.of(List.of(function)));
    String body =
        "{\"ctx\":{\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\",\"attempt\":0,\"max_attempts\":1,"
            + "\"stack\":{\"stack\":[]}},\"event\":"
            + events.get(0)
            + ",\"events\":"
            + events
            + ",\"steps\":{"
            + String.join(",", memos)
            + "},\"version\":2}";
    ServeResponse response =
        handler.handle(
            new ServeRequest(
                "POST",
                URI.create("http://localhost/api/inngest?fnId=a-" + id + "&stepId=" + step),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8)));
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** What is remembered of a step. */
  static String memo(String step, String json) {
    return "\"" + StepHash.of(step) + "\":{\"data\":" + json + "}";
  }
}
