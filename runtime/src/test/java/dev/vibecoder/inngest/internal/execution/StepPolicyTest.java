package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Seen;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps with a number of retries, delays and final exceptions of their own. */
class StepPolicyTest {
  private static final StepDefinition<@Nullable Void> PAY =
      StepDefinition.ofVoid("pay", StepHash.of("pay"));

  private static App calling(StepDefinition<@Nullable Void> step, Exception thrown) {
    return App.of(
        FunctionDefinition.define("fn")
            .on("test/event")
            .retries(1)
            .handle(
                (event, steps) -> {
                  step.call(
                      () -> {
                        throw thrown;
                      });
                  return null;
                }));
  }

  @Test
  void aStepWithItsOwnNumberIsAlwaysPlanned() {
    IOException boom = new IOException("boom");
    for (StepDefinition<@Nullable Void> step :
        java.util.List.of(PAY.retries(0), PAY.backoff(Duration.ofSeconds(1)))) {
      JsonNode operation = calling(step, boom).call(Call.first()).operation();
      assertThat(operation.path("op").asText()).isEqualTo("StepPlanned");
    }
    assertThat(
            calling(PAY.nonRetriable(IOException.class), boom)
                .call(Call.first())
                .operation()
                .path("op")
                .asText())
        .isEqualTo("StepFailed");
  }

  @Test
  void everyoneStopsAtHisOwnNumber() {
    IOException boom = new IOException("boom");
    App three = calling(PAY.retries(3), boom);
    assertThat(opcode(three, Call.first().target("pay").attempt(2, 10))).isEqualTo("StepError");
    assertThat(opcode(three, Call.first().target("pay").attempt(3, 10))).isEqualTo("StepFailed");
    // The function's own number is one retry, whatever the greatest was that is registered.
    assertThat(opcode(calling(PAY, boom), Call.first().attempt(0, 10))).isEqualTo("StepError");
    assertThat(opcode(calling(PAY, boom), Call.first().attempt(1, 10))).isEqualTo("StepFailed");
    App outside =
        App.of(
            FunctionDefinition.define("fn")
                .on("test/event")
                .retries(1)
                .handle(
                    (event, steps) -> {
                      throw boom;
                    }));
    assertThat(outside.call(Call.first().attempt(0, 10)).status()).isEqualTo(500);
    assertThat(outside.call(Call.first().attempt(1, 10)).status()).isEqualTo(400);
    // The server's number is the last word.
    assertThat(opcode(three, Call.first().target("pay").attempt(1, 2))).isEqualTo("StepFailed");
  }

  private static String opcode(App app, Call call) {
    return app.call(call).operation().path("op").asText();
  }

  @Test
  void theDelaysAreAskedForInOrderAndTheLastOneRepeats() {
    App app =
        calling(
            PAY.retries(9).backoff(Duration.ofMillis(1_500), Duration.ofMinutes(1)),
            new IOException("boom"));
    String[] delays = {"2", "60", "60"};
    for (int attempt = 0; attempt < delays.length; attempt++) {
      Answer answer = app.call(Call.first().target("pay").attempt(attempt, 10));
      assertThat(answer.retryAfter()).isEqualTo(delays[attempt]);
    }
    assertThat(app.call(Call.first().target("pay").attempt(9, 10)).retryAfter())
        .isEqualTo("absent");
    App own =
        calling(
            PAY.backoff(Duration.ofMinutes(1)),
            new RetryAfterException("later", Duration.ofSeconds(7)));
    assertThat(own.call(Call.first().target("pay").attempt(0, 10)).retryAfter()).isEqualTo("7");
  }

  @Test
  void afterAFinalExceptionTheStepIsNotTriedAgain() {
    StepDefinition<@Nullable Void> step = PAY.nonRetriable(IOException.class);
    assertThat(opcode(calling(step, new FileNotFoundException("f")), Call.first()))
        .isEqualTo("StepFailed");
    assertThat(opcode(calling(step, new IllegalStateException("s")), Call.first()))
        .isEqualTo("StepError");
  }

  @Test
  void theStepKnowsItsOwnNumber() {
    Seen<StepContext> seen = new Seen<>();
    App app =
        App.function(
            (event, steps) -> {
              PAY.retries(2)
                  .call(
                      () -> {
                        seen.set(StepContext.current());
                        return null;
                      });
              return null;
            });
    app.call(Call.first().target("pay").attempt(1, 10));
    assertThat(seen.get().maxAttempts()).isEqualTo(3);
    assertThat(seen.get().attempt()).isEqualTo(1);
  }

  /** Without a number of its own, the function has the server's default and not its step's. */
  @Test
  void aStepsNumberDoesNotBecomeTheFunctions() {
    App app =
        App.of(
            FunctionDefinition.define("fn")
                .on("test/event")
                .steps(PAY.retries(9))
                .handle(
                    (event, steps) -> {
                      throw new IOException("boom");
                    }));
    assertThat(app.call(Call.first().attempt(3, 10)).status()).isEqualTo(500);
    assertThat(app.call(Call.first().attempt(4, 10)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 21})
  void numbersOutOfRangeAreRefused(int retries) {
    assertThatThrownBy(() -> PAY.retries(retries)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void delaysOutOfRangeAreRefused() {
    for (Duration delay : new Duration[] {Duration.ofMillis(999), Duration.ofHours(25)}) {
      assertThatThrownBy(() -> PAY.backoff(delay)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> PAY.backoff(new Duration[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
