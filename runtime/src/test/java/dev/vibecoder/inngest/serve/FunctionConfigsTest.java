package dev.vibecoder.inngest.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vibecoder.inngest.Event;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.InvokedEvent;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.annotation.Scope;
import dev.vibecoder.inngest.annotation.Singleton.Mode;
import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.CancelOn;
import dev.vibecoder.inngest.function.Checkpoint;
import dev.vibecoder.inngest.function.Concurrency;
import dev.vibecoder.inngest.function.Debounce;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.RateLimit;
import dev.vibecoder.inngest.function.Singleton;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.Throttle;
import dev.vibecoder.inngest.function.Timeouts;
import dev.vibecoder.inngest.function.Trigger;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every option as function configuration, sections 1 to 15, has it. */
class FunctionConfigsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final URI URL = URI.create("http://localhost:3001/api/inngest");

  @Test
  void writesAFunctionWithoutOptionsAsTheServerKnowsIt() throws Exception {
    assertThat(json(start().handle((event, steps) -> null)))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"id": "shop-f", "name": "f", "triggers": [{"event": "shop/a"}],
                 "steps": {"step": {"id": "step", "name": "step", "runtime": {"type": "http",
                   "url": "http://localhost:3001/api/inngest?fnId=shop-f&stepId=step"}}}}
                """));
  }

  @Test
  void writesRetriesAsTheStepsAttempts() throws Exception {
    JsonNode json = json(start().retries(7).handle((event, steps) -> null));

    assertThat(json.at("/steps/step/retries")).isEqualTo(MAPPER.readTree("{\"attempts\": 7}"));
  }

  /** Otherwise the server would give up before the step does. */
  @ParameterizedTest
  @CsvSource({"-1,9,9", "-1,2,-1", "3,9,9", "7,5,7", "0,1,1"})
  void writesTheGreatestRetriesOfTheFunctionAndItsSteps(int own, int ofStep, int expected)
      throws Exception {
    FunctionDefinition.Builder<JsonEvent> builder =
        start().steps(StepDefinition.ofVoid("charge", StepHash.of("charge")).retries(ofStep));
    if (own >= 0) {
      builder.retries(own);
    }
    JsonNode json = json(builder.handle((event, steps) -> null));

    assertThat(json.at("/steps/step/retries/attempts").asInt(-1)).isEqualTo(expected);
  }

  @Test
  void writesLimitsOfStepsAsAnArray() throws Exception {
    assertOption(
        "concurrency",
        b ->
            b.concurrency(Concurrency.limit(5).key("event.data.user"))
                .concurrency(Concurrency.limit(9).shared(Scope.ENV, "'mail'")),
        """
        [{"limit": 5, "key": "event.data.user"}, {"limit": 9, "key": "'mail'", "scope": "env"}]
        """);
  }

  @Test
  void writesLimitsOfWholeRunsApart() throws Exception {
    assertOption(
        "concurrency",
        b ->
            b.concurrency(Concurrency.limit(1).ofWholeRuns())
                .concurrency(Concurrency.limit(2).shared(Scope.ACCOUNT, "'k'")),
        """
        {"fn": [{"limit": 1}], "step": [{"limit": 2, "key": "'k'", "scope": "account"}]}
        """);
  }

  @Test
  void writesThrottle() throws Exception {
    assertOption(
        "throttle",
        b -> b.throttle(Throttle.limit(10, Duration.ofMinutes(1)).burst(2).key("event.data.user")),
        """
        {"limit": 10, "period": "1m", "burst": 2, "key": "event.data.user"}
        """);
  }

  @Test
  void writesRateLimit() throws Exception {
    assertOption(
        "rateLimit",
        b -> b.rateLimit(RateLimit.limit(10, Duration.ofHours(24)).key("event.data.user")),
        """
        {"limit": 10, "period": "1d", "key": "event.data.user"}
        """);
  }

  @Test
  void writesDebounce() throws Exception {
    assertOption(
        "debounce",
        b ->
            b.debounce(
                Debounce.period(Duration.ofMillis(1_500))
                    .key("event.id")
                    .timeout(Duration.ofMinutes(5))),
        """
        {"period": "1s500ms", "key": "event.id", "timeout": "5m"}
        """);
  }

  @Test
  void writesTheTimeoutOfBatchesWithoutDays() throws Exception {
    JsonNode json =
        json(
            start()
                .batch(Batch.of(10, Duration.ofHours(36)).key("event.data.k").when("event.data.b"))
                .handleBatch((events, steps) -> events.size()));

    assertThat(json.get("batchEvents"))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"maxSize": 10, "timeout": "36h", "key": "event.data.k", "if": "event.data.b"}
                """));
  }

  @Test
  void writesPriority() throws Exception {
    assertOption("priority", b -> b.priority("event.data.p"), "{\"run\": \"event.data.p\"}");
  }

  @Test
  void writesIdempotency() throws Exception {
    assertOption("idempotency", b -> b.idempotency("event.data.id"), "\"event.data.id\"");
  }

  @Test
  void writesSingleton() throws Exception {
    assertOption(
        "singleton",
        b -> b.singleton(Singleton.mode(Mode.CANCEL).key("event.data.user")),
        "{\"key\": \"event.data.user\", \"mode\": \"cancel\"}");
  }

  @Test
  void writesRulesOfCancellation() throws Exception {
    assertOption(
        "cancel",
        b ->
            b.cancelOn(CancelOn.event("shop/cancelled").match("data.orderId"))
                .cancelOn(
                    CancelOn.event("shop/stopped")
                        .match("data.a")
                        .when("async.data.b == 1")
                        .timeout(Duration.ofHours(1))),
        """
        [{"event": "shop/cancelled", "if": "event.data.orderId == async.data.orderId"},
         {"event": "shop/stopped",
          "if": "(event.data.a == async.data.a) && (async.data.b == 1)", "timeout": "1h"}]
        """);
  }

  @Test
  void writesTimeouts() throws Exception {
    assertOption(
        "timeouts",
        b -> b.timeouts(Timeouts.NONE.start(Duration.ofMinutes(10)).finish(Duration.ofHours(2))),
        "{\"start\": \"10m\", \"finish\": \"2h\"}");
  }

  @Test
  void writesCheckpoints() throws Exception {
    assertOption(
        "checkpoint",
        b -> b.checkpoint(Checkpoint.every(3).maxRuntime(Duration.ofSeconds(10))),
        "{\"batch_steps\": 3, \"max_runtime\": \"10s\"}");
  }

  @Test
  void writesTriggersWithConditionsAndSchedulesWithJitter() throws Exception {
    FunctionDefinition function =
        FunctionDefinition.define("f")
            .onAny(
                Trigger.event(EventType.json("shop/a")).when("event.data.x > 1"),
                Trigger.cron("TZ=Europe/Paris 0 12 * * *").jitter(Duration.ofSeconds(30)))
            .handle((event, steps) -> null);

    assertThat(json(function).get("triggers"))
        .isEqualTo(
            MAPPER.readTree(
                """
                [{"event": "shop/a", "expression": "event.data.x > 1"},
                 {"cron": "TZ=Europe/Paris 0 12 * * *", "jitter": "30s"}]
                """));
  }

  @Test
  void registersTheHandlersOfFailuresAndCancellationsAsFunctions() throws Exception {
    FunctionDefinition function =
        start()
            .onFailure(2, (failure, steps) -> null)
            .onCancelled((cancellation, steps) -> null)
            .handle((event, steps) -> null);

    assertThat(function.companions()).hasSize(2);
    JsonNode failure = json(function.companions().get(0));
    assertThat(failure.get("id").asText()).isEqualTo("shop-f-failure");
    assertThat(failure.get("triggers"))
        .isEqualTo(
            MAPPER.readTree(
                """
                [{"event": "inngest/function.failed",
                  "expression": "event.data.function_id == 'shop-f'"}]
                """));
    assertThat(failure.at("/steps/step/retries/attempts").asInt()).isEqualTo(2);
    JsonNode cancelled = json(function.companions().get(1));
    assertThat(cancelled.get("id").asText()).isEqualTo("shop-f-cancelled");
    assertThat(cancelled.at("/triggers/0/event").asText()).isEqualTo("inngest/function.cancelled");
    assertThat(cancelled.at("/steps/step/retries/attempts").asInt(-1)).isZero();
  }

  @Test
  void registersAFunctionThatOnlyOthersInvokeWithoutTrigger() throws Exception {
    FunctionDefinition function =
        FunctionDefinition.define("f")
            .onInvoke(dev.vibecoder.inngest.TypeRef.of(String.class))
            .handle((event, steps) -> event.data());

    assertThat(json(function).get("triggers")).isEmpty();
  }

  @Test
  void refusesWhatTheServerRefusesOrIgnores() {
    assertThatThrownBy(
            () ->
                start()
                    .batch(Batch.of(2, Duration.ofSeconds(1)))
                    .idempotency("event.id")
                    .handleBatch((events, steps) -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"f\"")
        .hasMessageContaining("batches cannot have idempotency");
    assertThatThrownBy(
            () -> start().batch(Batch.of(2, Duration.ofSeconds(1))).handle((event, steps) -> null))
        .hasMessageContaining("handleBatch");
    assertThatThrownBy(() -> CancelOn.event("shop/*")).hasMessageContaining("exact name");
    assertThatThrownBy(() -> new Concurrency(1, Scope.ENV, null, false))
        .hasMessageContaining("needs a key");
    assertThatThrownBy(() -> Trigger.cron("@daily")).hasMessageContaining("five fields");
    assertThatThrownBy(() -> Throttle.limit(1, Duration.ofDays(8)))
        .hasMessageContaining("period of a throttle");
  }

  private static void assertOption(
      String key, UnaryOperator<FunctionDefinition.Builder<JsonEvent>> option, String expected)
      throws Exception {
    JsonNode json = json(option.apply(start()).handle((event, steps) -> null));

    assertThat(json.get(key)).isEqualTo(MAPPER.readTree(expected));
    assertThat(json).as("nothing else is sent").hasSize(5);
  }

  private static FunctionDefinition.Builder<JsonEvent> start() {
    return FunctionDefinition.define("f").on("shop/a");
  }

  private static JsonNode json(FunctionDefinition function) throws Exception {
    byte[] bytes = MAPPER.writeValueAsBytes(new FunctionConfigs("shop").of(function, URL));
    return MAPPER.readTree(bytes);
  }

  /** The events of a function are told apart by their class. */
  @Test
  void takesSeveralEventTypes() {
    FunctionDefinition function =
        FunctionDefinition.define("f")
            .onAny(EventType.json("shop/a"), EventType.json("shop/b"))
            .handle((Event<?> event, dev.vibecoder.inngest.Steps steps) -> event.name());

    assertThat(function.eventTypes())
        .extracting(EventType::name)
        .containsExactly("shop/a", "shop/b");
  }

  /** The server sends the event of invocations for every function, so it must start none. */
  @Test
  void whatAFunctionIsInvokedWithIsNoTrigger() throws Exception {
    FunctionDefinition function =
        FunctionDefinition.define("f")
            .onAny(
                EventType.json("shop/a"),
                EventType.json("shop/b"),
                InvokedEvent.type(TypeRef.of(String.class)))
            .handle((event, steps) -> event instanceof InvokedEvent<?> call ? call.data() : "none");

    assertThat(json(function).path("triggers"))
        .isEqualTo(MAPPER.readTree("[{\"event\":\"shop/a\"},{\"event\":\"shop/b\"}]"));
    assertThat(function.eventTypes()).extracting(EventType::name).contains(InvokedEvent.NAME);
    assertThat(
            App.of(function)
                .call(
                    "f",
                    Call.first().event("{\"name\":\"" + InvokedEvent.NAME + "\",\"data\":\"x\"}"),
                    Map.of())
                .text())
        .isEqualTo("\"x\"");
  }
}
