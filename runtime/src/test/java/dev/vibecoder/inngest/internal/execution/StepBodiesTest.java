package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Trees;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What surrounds the bodies of steps. */
class StepBodiesTest {
  /** The mark would break the connection that the answer is written to. */
  @Test
  void anInterruptOfTheThreadDoesNotOutliveTheCall() {
    App app =
        App.function(
            (event, step) ->
                step.run(
                    "s",
                    String.class,
                    () -> {
                      Thread.currentThread().interrupt();
                      return "went on";
                    }));
    assertThat(app.call(Call.first()).operation().path("data").asText()).isEqualTo("went on");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void allEventsOfABatchAreHandedOver() {
    App app =
        App.of(
            FunctionDefinition.define("fn")
                .on("test/event")
                .batch(Batch.of(3, Duration.ofSeconds(1)))
                .handleBatch(
                    (events, step) -> events.stream().map(event -> event.data()).toList()));
    Call call = Call.first().events("{\"name\":\"test/event\",\"data\":{\"n\":2}}");
    assertThat(app.call(call).json()).isEqualTo(Trees.parse("[{\"n\":1},{\"n\":2}]"));
  }

  // --- hashes of ids ---

  @Test
  void whatWasNotUsedForAWhileMakesRoom() {
    IdCache cache = new IdCache();
    IdSeries kept = cache.of("kept");
    assertThat(kept.identity(1).hash()).isEqualTo(cache.of("kept").identity(1).hash());
    for (int i = 0; i < 100_000; i++) {
      cache.of("key" + i).identity(0);
      if (i % 1_000 == 0) {
        assertThat(cache.of("kept")).isSameAs(kept);
      }
    }
    assertThat(cache.size()).isLessThanOrEqualTo(40_002);
    String endless = "x".repeat(300);
    assertThat(cache.of(endless).identity(0).hash())
        .isEqualTo(cache.of(endless).identity(0).hash());
    assertThat(cache.of(endless)).isNotSameAs(cache.of(endless));
    assertThat(endless.getBytes(StandardCharsets.UTF_8)).hasSize(300);
  }
}
