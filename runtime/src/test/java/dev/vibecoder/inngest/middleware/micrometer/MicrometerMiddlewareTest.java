package dev.vibecoder.inngest.middleware.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.EventsRefusedException;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.SendOutcome;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.middleware.AppRequest;
import dev.vibecoder.inngest.middleware.AppResponse;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.Next;
import dev.vibecoder.inngest.middleware.SendContext;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MicrometerMiddlewareTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private App app(FunctionHandler<JsonEvent> code, Middleware... more) {
    List<Middleware> all = new ArrayList<>(List.of(MicrometerMiddleware.of(registry)));
    all.addAll(List.of(more));
    return App.with(all, FunctionDefinition.define("fn").on("test/event").handle(code));
  }

  /** How often each combination of tags was measured. */
  private Map<String, Long> counts(String name) {
    Map<String, Long> counts = new TreeMap<>();
    for (Meter meter : registry.find(name).meters()) {
      StringBuilder tags = new StringBuilder();
      meter
          .getId()
          .getTags()
          .forEach(tag -> tags.append(tag.getKey()).append('=').append(tag.getValue()).append(' '));
      long count = meter instanceof Timer timer ? timer.count() : Math.round(sum(meter));
      counts.put(tags.toString().trim(), count);
    }
    return counts;
  }

  private static double sum(Meter meter) {
    double sum = 0;
    for (var measurement : meter.measure()) {
      sum += measurement.getValue();
    }
    return sum;
  }

  @Test
  void callsAreCountedByHowTheyEnd() {
    App app =
        app(
            (event, step) -> {
              step.run("one", () -> {});
              throw new IllegalStateException("no");
            });
    app.call(Call.first());
    app.call(Call.first());
    app.call(Call.first().done("one", "null"));
    app.call(Call.first().target("gone"));
    app.call(Call.first().event("{\"name\":\"test/event\",\"data\":7}"));
    app((event, step) -> "x").call(Call.first());
    assertThat(counts("inngest.calls"))
        .isEqualTo(
            Map.of(
                "app=app function=fn outcome=steps_reported", 3L,
                "app=app function=fn outcome=threw", 1L,
                "app=app function=fn outcome=step_not_found", 1L,
                "app=app function=fn outcome=returned", 1L));
  }

  @Test
  void callsThatOtherMiddlewareEndedAreCountedApart() {
    app(
            (event, step) -> "x",
            new Middleware() {
              @Override
              public AppResponse wrapRequest(
                  CallContext call, AppRequest request, Next<AppResponse> next) {
                return new AppResponse(503, Map.of(), new byte[0]);
              }
            })
        .call(Call.first());
    app(
            (event, step) -> "x",
            new Middleware() {
              @Override
              public AppResponse wrapRequest(
                  CallContext call, AppRequest request, Next<AppResponse> next) {
                throw new IllegalStateException("no");
              }
            })
        .call(Call.first());
    app(
            (event, step) -> "x",
            new Middleware() {
              @Override
              public void beforeMemoization(CallContext call) {
                throw new IllegalStateException("no");
              }
            })
        .call(Call.first());
    assertThat(counts("inngest.calls"))
        .isEqualTo(
            Map.of(
                "app=app function=fn outcome=refused", 1L,
                "app=app function=fn outcome=error", 1L,
                "app=app function=fn outcome=threw", 1L));
  }

  @Test
  void bodiesAreCountedByOutcomeAndRepliesOfTheMemoryAreNot() {
    App app =
        app(
            (event, step) -> {
              step.run("one", () -> {});
              step.run(
                  "two",
                  () -> {
                    throw new IllegalStateException("no");
                  });
              return null;
            });
    app.call(Call.first());
    app.call(Call.first().done("one", "null"));
    app.call(Call.first().done("one", "null").attempt(3, 4));
    app.call(Call.first().done("one", "null").failed("two", "E", "no"));
    assertThat(counts("inngest.steps"))
        .isEqualTo(
            Map.of(
                "app=app function=fn kind=run outcome=completed", 1L,
                "app=app function=fn kind=run outcome=retried", 1L,
                "app=app function=fn kind=run outcome=failed", 1L));
  }

  @Test
  void theStepIsATagOnlyIfAskedFor() {
    App.with(
            List.of(MicrometerMiddleware.of(registry).withStepTag()),
            FunctionDefinition.define("fn")
                .on("test/event")
                .handle(
                    (event, step) -> {
                      step.run("one", () -> {});
                      return null;
                    }))
        .call(Call.first());
    assertThat(counts("inngest.steps"))
        .isEqualTo(Map.of("app=app function=fn kind=run outcome=completed step=one", 1L));
  }

  @Test
  void eventsAreCountedByNameAndOutcome() {
    JsonEvent event = JsonEvent.of("a/b", Trees.parse("{}"));
    List<Middleware> middleware = List.of(MicrometerMiddleware.of(registry));
    try (StubApi api = StubApi.accepting()) {
      App.with(middleware, api).client().send(List.of(event, event));
    }
    try (StubApi api =
        new StubApi(request -> new StubApi.Reply(400, "{\"error\":\"no\",\"status\":400}"))) {
      App app = App.with(middleware, api);
      assertThatThrownBy(() -> app.client().send(event)).hasMessageContaining("no");
    }
    assertThat(counts("inngest.events.sent"))
        .isEqualTo(
            Map.of(
                "app=app event=a/b outcome=accepted", 2L,
                "app=app event=a/b outcome=failed", 1L));
  }

  @Test
  void ofABatchThatWasRefusedInPartTheRestIsCountedAsAccepted() {
    JsonEvent event = JsonEvent.of("a/b", Trees.parse("{}"));
    Middleware refusing =
        new Middleware() {
          @Override
          public CompletableFuture<SendResult> wrapSend(
              SendContext send,
              List<EventEnvelope> events,
              Next<CompletableFuture<SendResult>> next) {
            NonRetriableException refused = new NonRetriableException("no");
            return CompletableFuture.failedFuture(
                new EventsRefusedException(
                    "one of two",
                    List.of(SendOutcome.accepted("id"), SendOutcome.failed(refused)),
                    refused));
          }
        };
    App app = App.with(List.of(MicrometerMiddleware.of(registry), refusing));
    assertThatThrownBy(() -> app.client().send(List.of(event, event)))
        .hasMessageContaining("one of two");
    assertThat(counts("inngest.events.sent"))
        .isEqualTo(
            Map.of(
                "app=app event=a/b outcome=accepted", 1L,
                "app=app event=a/b outcome=failed", 1L));
  }
}
