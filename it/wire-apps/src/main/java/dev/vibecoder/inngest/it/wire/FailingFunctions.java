package dev.vibecoder.inngest.it.wire;

import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.function.FunctionDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Functions that fail, are tried again, and catch what failed. */
final class FailingFunctions {
  private static final WireErrors ERRORS = WireErrors.load();

  private final Map<String, Integer> hits = new ConcurrentHashMap<>();

  List<FunctionDefinition> all() {
    return List.of(
        retryStep(),
        retryFunction(),
        nonRetriableStep(),
        nonRetriableFunction(),
        caught(),
        fails());
  }

  private int hit(String key) {
    return hits.merge(key, 1, Integer::sum);
  }

  private FunctionDefinition retryStep() {
    return FunctionDefinition.define("retry-step")
        .on("rec/retry-step")
        .retries(3)
        .handle(
            (event, step) ->
                step.run(
                    "flaky",
                    String.class,
                    () -> {
                      if (hit(step.context().runId() + "a") < 3) {
                        throw ERRORS.retryAfter("not yet", Duration.ofSeconds(1));
                      }
                      return "yes";
                    }));
  }

  private FunctionDefinition retryFunction() {
    return FunctionDefinition.define("retry-fn")
        .on("rec/retry-fn")
        .retries(2)
        .handle(
            (event, step) -> {
              step.run("one", Integer.class, () -> 1);
              if (hit(step.context().runId() + "b") < 2) {
                throw ERRORS.retryAfter("fn not yet", Duration.ofSeconds(1));
              }
              return "ok";
            });
  }

  private static FunctionDefinition nonRetriableStep() {
    return FunctionDefinition.define("non-retriable-step")
        .on("rec/non-retriable-step")
        .retries(3)
        .handle(
            (event, step) ->
                step.run(
                    "bad",
                    String.class,
                    () -> {
                      throw ERRORS.nonRetriable("never", ERRORS.error("why"));
                    }));
  }

  private static FunctionDefinition nonRetriableFunction() {
    return FunctionDefinition.define("non-retriable-fn")
        .on("rec/non-retriable-fn")
        .retries(3)
        .handle(
            (event, step) -> {
              throw ERRORS.nonRetriable("never fn", null);
            });
  }

  private static FunctionDefinition caught() {
    return FunctionDefinition.define("caught")
        .on("rec/caught")
        .retries(0)
        .handle(
            (event, step) -> {
              try {
                step.run(
                    "boom",
                    () -> {
                      throw ERRORS.typeError("boom");
                    });
                return null;
              } catch (StepFailedException e) {
                return step.run(
                    "fallback", String.class, () -> "caught " + e.name() + ": " + e.getMessage());
              }
            });
  }

  private static FunctionDefinition fails() {
    return FunctionDefinition.define("fails")
        .on("rec/fails")
        .retries(0)
        .onFailure(
            1,
            (failure, step) -> {
              step.run("report", String.class, () -> failure.error().message());
              return "handled";
            })
        .handle(
            (event, step) -> {
              step.run("ok", Integer.class, () -> 1);
              throw ERRORS.error("final");
            });
  }
}
