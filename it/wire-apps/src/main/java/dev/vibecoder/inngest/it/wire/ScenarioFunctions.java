package dev.vibecoder.inngest.it.wire;

import dev.vibecoder.inngest.function.FunctionDefinition;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * The functions of the recorded app.
 *
 * @param echo where {@code fetches} posts to
 */
record ScenarioFunctions(URI echo) {
  List<FunctionDefinition> all() {
    return Stream.of(
            new PlainFunctions().all(),
            new FailingFunctions().all(),
            new WaitingFunctions(echo).all(),
            new ParallelFunctions().all(),
            new ConfiguredFunctions().all())
        .flatMap(List::stream)
        .toList();
  }
}
