package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.internal.execution.CallOutcome.Reported;
import dev.vibecoder.inngest.internal.middleware.MiddlewareChain;
import dev.vibecoder.inngest.internal.wire.CallRequest;
import dev.vibecoder.inngest.protocol.Opcode;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import dev.vibecoder.inngest.middleware.StepInfo;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Trees;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What surrounds the bodies of steps. */
class StepBodiesTest {
  /** Advice around the body of a step. */
  private interface Advice {
    @Nullable Object around(StepInfo step, Next<@Nullable Object> body) throws Exception;
  }

  private static Middleware middleware(Advice advice) {
    return new Middleware() {
      @Override
      public @Nullable Object wrapStep(
          CallContext call, StepInfo step, Next<@Nullable Object> next) throws Exception {
        return advice.around(step, next);
      }
    };
  }

  private static CallOutcome call(Advice advice, Call call) throws Exception {
    return call(List.of(middleware(advice)), call);
  }

  private static CallOutcome call(List<Middleware> middleware, Call call) throws Exception {
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .handle(
                (event, step) -> {
                  step.run("one", String.class, () -> "1");
                  return step.run("two", String.class, () -> "2");
                });
    RunServices services =
        new RunServices(
            "app",
            events -> {
              throw new InngestException("nothing is sent");
            },
            (signal, data) -> null,
            MiddlewareChain.of(middleware),
            Clock.systemUTC());
    return new FunctionExecutor(services).execute(function, CallRequest.read(call.body()), null);
  }

  @Test
  void adviceIsGivenOnlyWhenABodyReallyRuns() throws Exception {
    List<String> log = new ArrayList<>();
    Advice advice =
        (step, body) -> {
          log.add("begin " + step.id() + " " + StepContext.current().stepId());
          Object value = body.proceed();
          log.add("commit " + value);
          return value;
        };
    assertThat(call(advice, Call.first().done("one", "\"1\""))).isInstanceOf(Reported.class);
    assertThat(log).containsExactly("begin two two", "commit 2");
    log.clear();
    call(advice, Call.first().done("one", "\"1\"").done("two", "\"2\""));
    call(advice, Call.first().planOnly());
    assertThat(log).isEmpty();
  }

  @Test
  void theInnerAdviceIsCloserToTheBody() throws Exception {
    List<String> log = new ArrayList<>();
    Advice outer =
        (step, body) -> {
          log.add("outer");
          return body.proceed();
        };
    Advice inner =
        (step, body) -> {
          log.add("inner");
          return body.proceed();
        };
    call(List.of(middleware(outer), middleware(inner)), Call.first());
    assertThat(log).containsExactly("outer", "inner");
  }

  @Test
  void whatAdviceThrowsFailsTheStep() throws Exception {
    Advice advice =
        (step, body) -> {
          body.proceed();
          throw new IllegalStateException("cannot commit");
        };
    Reported reported = (Reported) call(advice, Call.first());
    assertThat(reported.operations().get(0).opcode()).isEqualTo(Opcode.STEP_ERROR);
    assertThat(String.valueOf(reported.operations().get(0).error())).contains("cannot commit");
  }

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
    assertThat(kept.hash(1)).isEqualTo(cache.of("kept").hash(1));
    for (int i = 0; i < 100_000; i++) {
      cache.of("key" + i).hash(0);
      if (i % 1_000 == 0) {
        assertThat(cache.of("kept")).isSameAs(kept);
      }
    }
    assertThat(cache.size()).isLessThanOrEqualTo(40_002);
    String endless = "x".repeat(300);
    assertThat(cache.of(endless).hash(0)).isEqualTo(cache.of(endless).hash(0));
    assertThat(cache.of(endless)).isNotSameAs(cache.of(endless));
    assertThat(endless.getBytes(StandardCharsets.UTF_8)).hasSize(300);
  }
}
