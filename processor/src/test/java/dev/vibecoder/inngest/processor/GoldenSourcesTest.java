package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated code reads as if written by hand: {@code golden/<name>.java} is what it looks like. */
class GoldenSourcesTest {
  private static final Path FOLDER = Path.of("src/test/resources");

  /**
   * What is generated for a function.
   *
   * @param golden name of the golden file
   * @param function the function, in the folder of the registrations
   * @param generated the generated class
   */
  @ParameterizedTest
  @CsvSource({
    "function-with-options, everything, FFunction",
    "function-with-batches, everything-with-batches, FFunction",
    "function-with-schedules, cron-with-jitter, FFunction",
    "function-with-patterns, patterns, FFunction",
    "function-of-sealed-events, on-sealed, FFunction",
    "function-that-is-invoked, invoked, FFunction",
    "function-with-handlers, companions, FFunction",
    "function-with-steps, steps, FFunction",
    "function-with-a-graph, graph, FFunction",
    "event, name, OrderPlacedEvent",
    "events-of-a-module, name, InngestEvents",
    "sender-of-a-module, name, InngestEventSender",
    "functions-of-a-module, steps, InngestFunctions"
  })
  void readsAsIfWrittenByHand(String golden, String function, String generated) throws Exception {
    String source = Files.readString(FOLDER.resolve("registrations/" + function + ".java"));
    Compiled compiled =
        Compiled.of(
            List.of("-Xlint:all,-processing", "-Werror"),
            Stream.concat(RegistrationsTest.PAYLOADS.stream(), Stream.of(source))
                .toArray(String[]::new));
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();

    Golden.assertSame(
        FOLDER.resolve("golden/" + golden + ".java"),
        compiled.generated("shop/" + generated + ".java"));
  }
}
