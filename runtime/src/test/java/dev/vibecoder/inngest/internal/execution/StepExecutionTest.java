package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.FunctionContext;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Logged;
import dev.vibecoder.inngest.support.Seen;
import dev.vibecoder.inngest.support.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepExecutionTest {
  record Item(String sku, double price) {}

  // --- ids ---

  @Test
  void repeatsOfAnIdAreNumbered() {
    App app =
        App.function(
            (event, step) -> {
              List<Integer> all = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                int value = i;
                all.add(step.run("x", Integer.class, () -> value));
              }
              return all;
            });
    JsonNode first = app.call(Call.first()).operation();
    assertThat(first.path("id").asText()).isEqualTo(StepHash.of("x"));
    assertThat(first.path("userland")).isEqualTo(Trees.parse("{\"id\":\"x\"}"));
    JsonNode second = app.call(Call.first().done("x", "7")).operation();
    assertThat(second.path("id").asText()).isEqualTo(StepHash.of("x:1"));
    assertThat(second.path("name").asText()).isEqualTo("x");
    assertThat(second.path("userland")).isEqualTo(Trees.parse("{\"id\":\"x\",\"index\":1}"));
    assertThat(second.path("data").asInt()).isEqualTo(1);
    Answer end = app.call(Call.first().done("x", "7").done("x:1", "8").done("x:2", "9"));
    assertThat(end.status()).isEqualTo(200);
    assertThat(end.json()).isEqualTo(Trees.parse("[7,8,9]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[b", "a]b", "a:1", "a>b", "a\nb", "a\u007fb", "", "  "})
  void reservedCharactersAndEmptyIdsAreRefused(String id) {
    Answer answer =
        App.function((event, step) -> step.run(id, String.class, () -> "x")).call(Call.first());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.noRetry()).isEqualTo("true");
    assertThat(answer.json().path("name").asText()).isEqualTo(StepUsageException.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Charge the card", "a/b.c_d%20", "Привет 🕉️", "x,y;z=1"})
  void anyOtherTextIsAnId(String id) {
    App app = App.function((event, step) -> step.run(id, String.class, () -> "x"));
    assertThat(app.call(Call.first()).operation().path("id").asText()).isEqualTo(StepHash.of(id));
  }

  @Test
  void anIdThatIsFarTooLongIsRefused() {
    App app = App.function((event, step) -> step.run("x".repeat(5_000), String.class, () -> "x"));
    assertThat(app.call(Call.first()).status()).isEqualTo(400);
  }

  // --- where steps may be called ---

  @Test
  void aStepInsideAStepFailsTheOuterOneForGood() {
    AtomicInteger inner = new AtomicInteger();
    StepDefinition<String> nested =
        StepDefinition.of("inner", StepHash.of("inner"), TypeRef.of(String.class));
    List<App> apps =
        List.of(
            App.function(
                (event, step) ->
                    step.run(
                        "outer",
                        Integer.class,
                        () -> step.run("inner", Integer.class, inner::incrementAndGet))),
            App.function(
                (event, step) -> {
                  step.run("outer", () -> step.sleep(Duration.ofSeconds(1)));
                  return null;
                }),
            App.function(
                (event, step) ->
                    step.run(
                        "outer",
                        String.class,
                        () -> nested.call(() -> "" + inner.incrementAndGet()))));
    for (App app : apps) {
      Answer answer = app.call(Call.first());
      JsonNode operation = answer.operation();
      assertThat(operation.path("op").asText()).isEqualTo("StepFailed");
      assertThat(operation.path("id").asText()).isEqualTo(StepHash.of("outer"));
      assertThat(operation.path("error").path("message").asText()).contains("inside", "outer");
      assertThat(answer.noRetry()).isEqualTo("true");
    }
    assertThat(inner).hasValue(0);
  }

  @Test
  void aStepOnAnotherThreadIsAnErrorThatSaysSo() {
    Seen<Throwable> seen = new Seen<>();
    StepDefinition<String> definition =
        StepDefinition.of("far", StepHash.of("far"), TypeRef.of(String.class));
    Seen<Throwable> defined = new Seen<>();
    App app =
        App.function(
            (event, step) -> {
              Thread other =
                  new Thread(
                      () -> {
                        try {
                          step.run("far", String.class, () -> "x");
                        } catch (Throwable thrown) {
                          seen.set(thrown);
                        }
                        try {
                          definition.call(() -> "x");
                        } catch (Throwable thrown) {
                          defined.set(thrown);
                        }
                      },
                      "elsewhere");
              other.start();
              other.join();
              return "end";
            });
    assertThat(app.call(Call.first()).text()).isEqualTo("\"end\"");
    assertThat(seen.get())
        .isInstanceOf(StepUsageException.class)
        .hasMessageContaining("far")
        .hasMessageContaining("elsewhere");
    assertThat(defined.get()).isInstanceOf(StepUsageException.class).hasMessageContaining("far");
  }

  @Test
  void stepsThatAreKeptCannotBeUsedLater() {
    Seen<Steps> kept = new Seen<>();
    App app =
        App.function(
            (event, step) -> {
              kept.set(step);
              return null;
            });
    assertThat(app.call(Call.first()).status()).isEqualTo(200);
    assertThatThrownBy(() -> kept.get().run("late", () -> {}))
        .isInstanceOf(StepUsageException.class)
        .hasMessageContaining("late")
        .hasMessageContaining("ended");
  }

  @Test
  void aStepDefinitionOutsideARunIsAnErrorThatNamesIt() {
    StepDefinition<String> definition =
        StepDefinition.of("lonely", StepHash.of("lonely"), TypeRef.of(String.class));
    assertThatThrownBy(() -> definition.call(() -> "x"))
        .isInstanceOf(StepUsageException.class)
        .hasMessageContaining("lonely")
        .hasMessageContaining("durable");
  }

  @Test
  void aRunLeavesNothingBehindOnItsThread() {
    App app =
        App.function(
            (event, step) -> {
              throw new StackOverflowError("by hand");
            });
    assertThat(app.call(Call.first()).status()).isEqualTo(500);
    assertThatThrownBy(StepContext::current).isInstanceOf(StepUsageException.class);
    assertThat(App.function((event, step) -> 1).call(Call.first()).status()).isEqualTo(200);
  }

  // --- leaving the function ---

  @Test
  void anInterruptThatIsCaughtIsReportedAllTheSame() {
    List<String> log = new ArrayList<>();
    App app =
        App.function(
            (event, step) -> {
              try {
                step.run("one", () -> log.add("one"));
              } catch (Throwable swallowed) {
                log.add("swallowed");
              }
              try {
                step.run("two", () -> log.add("two"));
              } catch (Throwable again) {
                log.add("again");
              } finally {
                log.add("finally");
              }
              step.sleep("three", Duration.ofSeconds(1));
              return "never";
            });
    JsonNode operation = app.call(Call.first()).operation();
    assertThat(operation.path("id").asText()).isEqualTo(StepHash.of("one"));
    assertThat(operation.path("op").asText()).isEqualTo("StepRun");
    assertThat(log).containsExactly("one", "swallowed", "again", "finally");
  }

  @Test
  void whatTheFunctionReturnsOrThrowsAfterASwallowedInterruptIsIgnored() {
    for (boolean throwing : new boolean[] {false, true}) {
      App app =
          App.function(
              (event, step) -> {
                try {
                  step.run("one", () -> {});
                } catch (Throwable swallowed) {
                  if (throwing) {
                    throw new NonRetriableException("hidden", swallowed);
                  }
                }
                return "hidden";
              });
      assertThat(app.call(Call.first()).operation().path("op").asText()).isEqualTo("StepRun");
    }
  }

  @Test
  void catchingExceptionsDoesNotCatchTheInterrupt() {
    List<String> log = new ArrayList<>();
    App app =
        App.function(
            (event, step) -> {
              try (AutoCloseable resource = () -> log.add("closed")) {
                assertThat(resource).isNotNull();
                step.run("one", () -> {});
              } catch (Exception e) {
                log.add("caught");
              }
              return null;
            });
    assertThat(app.call(Call.first()).status()).isEqualTo(206);
    assertThat(log).containsExactly("closed");
  }

  // --- memos ---

  @Test
  void genericResultTypesAreDecodedInFull() {
    TypeRef<List<Map<String, Item>>> type = new TypeRef<>() {};
    App app =
        App.function(
            (event, step) -> {
              List<Map<String, Item>> items =
                  step.run("items", type, () -> List.of(Map.of("a", new Item("s", 1))));
              Item item = items.get(0).get("a");
              return item == null ? -1 : item.price() + items.size();
            });
    assertThat(app.call(Call.first()).operation().path("data"))
        .isEqualTo(Trees.parse("[{\"a\":{\"sku\":\"s\",\"price\":1.0}}]"));
    assertThat(app.call(Call.first().done("items", "[{\"a\":{\"sku\":\"s\",\"price\":1}}]")).text())
        .isEqualTo("2.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":{\"a\":1}}|{\"a\":1}",
        "{\"data\":null}|null",
        "null|null",
        "7|7",
        "[1]|[1]",
        "{\"id\":\"e\",\"data\":{},\"name\":\"n\"}|{\"id\":\"e\",\"data\":{},\"name\":\"n\"}"
      })
  void everyFormOfAMemoIsGivenBack(String memo, String result) {
    App app = App.function((event, step) -> step.run("s", JsonNode.class, () -> fail()));
    Answer answer = app.call(Call.first().memo("s", memo));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(Trees.parse(result));
  }

  private static JsonNode fail() {
    throw new AssertionError("a step that is done was run again");
  }

  @Test
  void aMemoWithInputIsAStepThatIsNotDone() {
    App app = App.function((event, step) -> step.run("s", String.class, () -> "ran"));
    assertThat(app.call(Call.first().memo("s", "{\"input\":[1]}")).operation().path("data"))
        .isEqualTo(Trees.parse("\"ran\""));
  }

  @Test
  void memosOfStepsThatTheFunctionDoesNotCallAreIgnored() {
    App app = App.function((event, step) -> step.run("s", Integer.class, () -> 1));
    assertThat(app.call(Call.first().done("gone", "{\"a\":[1,2]}")).operation().path("id").asText())
        .isEqualTo(StepHash.of("s"));
  }

  @Test
  void aMemoOfAChangedTypeIsAFinalErrorThatNamesTheStepAndTheType() {
    App app = App.function((event, step) -> step.run("s", Item.class, () -> new Item("a", 1)));
    Answer answer = app.call(Call.first().done("s", "\"once a text\""));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.noRetry()).isEqualTo("true");
    assertThat(answer.json().path("message").asText()).contains("\"s\"", "Item");
  }

  // --- planned and targeted ---

  @Test
  void planOnlyRunsNothing() {
    AtomicInteger ran = new AtomicInteger();
    App app = App.function((event, step) -> step.run("s", Integer.class, ran::incrementAndGet));
    JsonNode operation = app.call(Call.first().planOnly()).operation();
    assertThat(operation.path("op").asText()).isEqualTo("StepPlanned");
    assertThat(operation.path("id").asText()).isEqualTo(StepHash.of("s"));
    assertThat(operation.has("data")).isFalse();
    assertThat(ran).hasValue(0);
  }

  @Test
  void planOnlyStillSleeps() {
    App app =
        App.function(
            (event, step) -> {
              step.sleep(Duration.ofSeconds(5));
              return null;
            });
    assertThat(app.call(Call.first().planOnly()).operation().path("op").asText())
        .isEqualTo("Sleep");
  }

  private static App twoSteps(List<String> log) {
    return App.function(
        (event, step) -> {
          step.run("one", () -> log.add("one"));
          step.run("two", () -> log.add("two"));
          return "end";
        });
  }

  @Test
  void aTargetedStepIsRunAloneEvenWhenPlanning() {
    List<String> log = new ArrayList<>();
    Answer answer = twoSteps(log).call(Call.first().done("one", "null").target("two").planOnly());
    assertThat(answer.operation().path("op").asText()).isEqualTo("StepRun");
    assertThat(answer.operation().path("id").asText()).isEqualTo(StepHash.of("two"));
    assertThat(log).containsExactly("two");
  }

  @Test
  void aTargetedStepThatIsDoneIsAnsweredWithWhatIsRemembered() {
    List<String> log = new ArrayList<>();
    JsonNode done = twoSteps(log).call(Call.first().done("one", "[5]").target("one")).operation();
    assertThat(done.path("op").asText()).isEqualTo("StepRun");
    assertThat(done.path("data")).isEqualTo(Trees.parse("[5]"));
    JsonNode failed =
        twoSteps(log).call(Call.first().failed("one", "E", "boom").target("one")).operation();
    assertThat(failed.path("op").asText()).isEqualTo("StepFailed");
    assertThat(failed.path("error").path("message").asText()).isEqualTo("boom");
    assertThat(log).isEmpty();
  }

  @Test
  void aTargetedStepThatIsNotReachedIsAskedForAgain() {
    List<String> log = new ArrayList<>();
    Answer blocked = twoSteps(log).call(Call.first().target("two"));
    assertThat(blocked.status()).isEqualTo(500);
    assertThat(blocked.noRetry()).isEqualTo("false");
    JsonNode body = blocked.json();
    assertThat(body.path("requestedStep").asText()).isEqualTo(StepHash.of("two"));
    assertThat(body.path("foundSteps"))
        .isEqualTo(
            Trees.parse(
                "[{\"id\":\""
                    + StepHash.of("one")
                    + "\",\"name\":\"one\",\"displayName\":\"one\"}]"));
    assertThat(body.path("totalFoundSteps").asInt()).isEqualTo(1);
    assertThat(log).isEmpty();

    Answer ended =
        twoSteps(log).call(Call.first().done("one", "1").done("two", "2").target("three"));
    assertThat(ended.status()).isEqualTo(500);
    assertThat(ended.noRetry()).isEqualTo("false");
    assertThat(ended.json().path("totalFoundSteps").asInt()).isZero();
  }

  // --- results ---

  @Test
  void aResultThatCannotBeWrittenFailsTheStepWithAClearMessage() {
    App app = App.function((event, step) -> step.run("s", Object.class, Object::new));
    Answer answer = app.call(Call.first());
    assertThat(answer.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(answer.operation().path("error").path("message").asText())
        .contains("step \"s\"", "java.lang.Object");
    assertThat(answer.noRetry()).isEqualTo("true");
  }

  @Test
  void aResultOfMoreThanFourMebibytesFailsTheStep() {
    App app = App.function((event, step) -> step.run("s", String.class, () -> text(4 << 20)));
    Answer answer = app.call(Call.first());
    assertThat(answer.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(answer.operation().path("error").path("message").asText())
        .contains("\"s\"", "4194304");
    App fits =
        App.function((event, step) -> step.run("s", String.class, () -> text((4 << 20) - 2)));
    assertThat(fits.call(Call.first()).operation().path("op").asText()).isEqualTo("StepRun");
  }

  private static String text(int length) {
    return "x".repeat(length);
  }

  @Test
  void aFunctionResultThatTheServerWouldRefuseOrChangeIsAFinalError() {
    List<Object> results = List.of("{\"a\":1}", "{", text(4 << 20), new Object(), Double.NaN);
    for (Object result : results) {
      Answer answer = App.function((event, step) -> result).call(Call.first());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.noRetry()).isEqualTo("true");
      assertThat(answer.json().path("message").asText()).contains("the result of function \"fn\"");
    }
    assertThat(App.function((event, step) -> "a {b}").call(Call.first()).text())
        .isEqualTo("\"a {b}\"");
    assertThat(App.function((event, step) -> null).call(Call.first()).text()).isEqualTo("null");
  }

  @Test
  void aStepResultMayBeAnyText() {
    App app = App.function((event, step) -> step.run("s", String.class, () -> "{\"a\":1}"));
    assertThat(app.call(Call.first()).operation().path("data").asText()).isEqualTo("{\"a\":1}");
  }

  // --- sleeping ---

  @ParameterizedTest
  @CsvSource({"PT90S,1m30s", "PT0.001S,1s", "PT0S,0s", "PT-5S,0s", "P366D,52w2d"})
  void sleepsForADuration(Duration duration, String name) {
    App app =
        App.function(
            (event, step) -> {
              step.sleep("nap", duration);
              return "awake";
            });
    JsonNode operation = app.call(Call.first()).operation();
    assertThat(operation)
        .isEqualTo(
            Trees.parse(
                "{\"id\":\""
                    + StepHash.of("nap")
                    + "\",\"op\":\"Sleep\",\"name\":\""
                    + name
                    + "\",\"displayName\":\"nap\",\"userland\":{\"id\":\"nap\"},\"data\":null}"));
    assertThat(app.call(Call.first().memo("nap", "null")).text()).isEqualTo("\"awake\"");
  }

  @Test
  void sleepsUntilAnInstantAndNeverWakesEarly() {
    Instant until = Instant.parse("2026-01-02T03:05:00.123456789Z");
    App app =
        App.function(
            (event, step) -> {
              step.sleepUntil(until);
              return null;
            });
    JsonNode operation = app.call(Call.first()).operation();
    assertThat(operation.path("id").asText()).isEqualTo(StepHash.of("sleep"));
    // The server rounds to whole seconds, so it may be half a second early.
    assertThat(Instant.parse(operation.path("name").asText()))
        .isBetween(until.plusMillis(500), until.plusMillis(501));
  }

  /** A text that the server cannot read as a date leaves the run hanging for ever. */
  @Test
  void sleepsUntilAnyTimeInThePast() {
    for (Instant past :
        List.of(Instant.EPOCH, Instant.MIN, Instant.parse("-0044-03-15T00:00:00Z"))) {
      App app =
          App.function(
              (event, step) -> {
                step.sleepUntil("nap", past);
                return null;
              });
      assertThat(app.call(Call.first()).operation().path("name").asText())
          .matches("\\d{4}-\\d\\d-\\d\\dT.*Z")
          .hasSizeGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void sleepingLongerThanTheServerAllowsIsRefused() {
    List<App> apps =
        List.of(
            App.function(
                (event, step) -> {
                  step.sleep("nap", Duration.ofDays(366).plusMillis(1));
                  return null;
                }),
            App.function(
                (event, step) -> {
                  step.sleep("nap", Duration.ofSeconds(Long.MAX_VALUE));
                  return null;
                }),
            App.function(
                (event, step) -> {
                  step.sleepUntil("nap", Instant.MAX);
                  return null;
                }));
    for (App app : apps) {
      Answer answer = app.call(Call.first());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("message").asText()).contains("nap", "366 days");
    }
  }

  // --- contexts ---

  @Test
  void insideAStepItsContextIsKnown() {
    Seen<StepContext> context = new Seen<>();
    App app =
        App.function(
            (event, step) -> {
              for (int i = 0; i < 2; i++) {
                step.run("s", () -> context.set(StepContext.current()));
              }
              return null;
            });
    app.call(Call.first().done("s", "null").attempt(2, 5));
    assertThat(context.get()).isEqualTo(new StepContext(Call.RUN_ID, "s:1", 2, 5));
    String key = context.get().idempotencyKey();
    app.call(Call.first().done("s", "null").attempt(3, 5));
    assertThat(context.get().attempt()).isEqualTo(3);
    assertThat(context.get().idempotencyKey()).isEqualTo(key).contains(Call.RUN_ID, "s:1");
    app.call(Call.first());
    assertThat(context.get().idempotencyKey()).isNotEqualTo(key);
  }

  @Test
  void betweenStepsThereIsNoStepContext() {
    App app =
        App.function(
            (event, step) -> {
              StepContext.current();
              return null;
            });
    Answer answer = app.call(Call.first());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("message").asText()).contains("StepContext");
  }

  @Test
  void theFunctionContextIsTheSameInEveryCall() {
    List<FunctionContext> contexts = new ArrayList<>();
    App app =
        App.function(
            (event, step) -> {
              contexts.add(step.context());
              step.run("s", () -> {});
              return null;
            });
    app.call(Call.first());
    app.call(Call.first().done("s", "null").attempt(3, 4));
    FunctionContext first = contexts.get(0);
    FunctionContext second = contexts.get(1);
    assertThat(first.runId()).isEqualTo(Call.RUN_ID);
    assertThat(first.functionId()).isEqualTo("fn");
    assertThat(first.startedAt())
        .isEqualTo(second.startedAt())
        .isAfter(Instant.parse("2026-11-01T00:00:00Z"))
        .isBefore(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(first.uuid("a")).isEqualTo(second.uuid("a")).isNotEqualTo(first.uuid("b"));
    assertThat(first.uuid("a").version()).isEqualTo(5);
    assertThat(first.uuid("a").variant()).isEqualTo(2);
    app.call(Call.first().run("01M84MPWRVY58RVZDR0H3DZ9R6"));
    assertThat(contexts.get(2).uuid("a")).isNotEqualTo(first.uuid("a"));
  }

  @Test
  void aRunIdThatIsNoUlidIsNoProblem() {
    App app = App.function((event, step) -> step.context().startedAt());
    assertThat(app.call(Call.first().run("odd")).text()).isEqualTo("\"1970-01-01T00:00:00Z\"");
  }

  @Test
  void aFailedStepDefinitionTellsItsIdToWhoCatchesIt() {
    StepDefinition<String> definition =
        StepDefinition.of("pay", StepHash.of("pay"), TypeRef.of(String.class)).named("Pay now");
    App app =
        App.function(
            (event, step) -> {
              try {
                return definition.call(() -> "paid");
              } catch (StepFailedException e) {
                return e.stepId();
              }
            });
    assertThat(app.call(Call.first()).operation().path("displayName").asText())
        .isEqualTo("Pay now");
    assertThat(app.call(Call.first().failed("pay", "E", "m")).text()).isEqualTo("\"pay\"");
  }

  // --- what the log tells ---

  @Test
  void aRunThatNeverCameByAMemoIsWarnedOf() {
    App app = App.function((event, step) -> step.run("new-name", String.class, () -> "x"));
    String log =
        Logged.during(() -> app.call(Call.first().done("old-name", "1").done("new-name", "\"x\"")));
    assertThat(log)
        .contains("WARN")
        .contains(Call.RUN_ID)
        .contains("\"fn\"")
        .contains(StepHash.of("old-name"))
        .doesNotContain(StepHash.of("new-name"));
  }

  @Test
  void aFailureForGoodIsLoggedWithItsStackAndOneToBeTriedAgainInALine() {
    App app =
        App.function(
            (event, step) -> {
              step.run(
                  "pay",
                  () -> {
                    throw new IllegalStateException("card declined");
                  });
              return null;
            });
    assertThat(Logged.during(() -> app.call(Call.first().attempt(0, 2))))
        .contains("INFO")
        .contains("attempt 1 of 2")
        .contains("card declined")
        .doesNotContain("\tat ");
    assertThat(Logged.during(() -> app.call(Call.first().attempt(1, 2))))
        .contains("WARN")
        .contains("\"pay\"")
        .contains("attempt 2 of 2")
        .contains(Call.RUN_ID)
        .contains("IllegalStateException: card declined")
        .contains("\tat ");
  }

  // --- definitions written by hand ---

  @ParameterizedTest
  @ValueSource(strings = {"a:1", "a b[", "", "a>b"})
  void aStepDefinitionChecksItsId(String id) {
    assertThatThrownBy(() -> StepDefinition.ofVoid(id, StepHash.of(id)))
        .isInstanceOf(StepUsageException.class);
  }

  @Test
  void aStepDefinitionChecksItsHash() {
    assertThatThrownBy(() -> StepDefinition.of("a", StepHash.of("b"), TypeRef.of(String.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\"");
  }

  // --- sleeps that are asked for by name ---

  @Test
  void aTargetedSleepIsAnsweredWithItself() {
    App app =
        App.function(
            (event, step) -> {
              step.sleep("nap", Duration.ofSeconds(2));
              return null;
            });
    JsonNode open = app.call(Call.first().target("nap")).operation();
    assertThat(open.path("op").asText()).isEqualTo("Sleep");
    JsonNode over = app.call(Call.first().memo("nap", "null").target("nap")).operation();
    assertThat(over.path("op").asText()).isEqualTo("StepRun");
    assertThat(over.path("data").isNull()).isTrue();
  }

  // --- results of generic types ---

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
  sealed interface Shape {}

  record Circle(int r) implements Shape {}

  @Test
  void aResultOfAGenericTypeIsReadBackAsItWasWritten() {
    TypeRef<List<Shape>> shapes = new TypeRef<>() {};
    App app =
        App.of(
            FunctionDefinition.define("fn")
                .on("test/event")
                .returning(shapes)
                .handle((event, step) -> step.run("shapes", shapes, () -> List.of(new Circle(1)))));
    JsonNode first = app.call(Call.first()).operation();
    assertThat(first.path("data")).isEqualTo(Trees.parse("[{\"kind\":\"circle\",\"r\":1}]"));
    Answer end = app.call(Call.first().done("shapes", first.path("data").toString()));
    assertThat(end.status()).isEqualTo(200);
    assertThat(end.json()).isEqualTo(first.path("data"));
  }
}
