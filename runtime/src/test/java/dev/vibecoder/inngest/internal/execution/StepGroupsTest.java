package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.Outcome;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepGroups;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.StepGraph;
import dev.vibecoder.inngest.internal.execution.ServerModel.Reply;
import dev.vibecoder.inngest.internal.execution.ServerModel.Resolution;
import dev.vibecoder.inngest.internal.execution.ServerModel.Status;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepGroupsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What is reported: the id of each operation, with an exclamation mark if it is raced. */
  private static List<String> reported(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(206);
    List<String> ids = new ArrayList<>();
    for (JsonNode operation : answer.json()) {
      JsonNode userland = operation.path("userland");
      String id =
          userland.path("id").asText()
              + (userland.has("index") ? ":" + userland.path("index") : "");
      assertThat(operation.path("id").asText()).isEqualTo(StepHash.of(id));
      boolean raced = operation.path("opts").path("parallelMode").asText().equals("race");
      ids.add(id + (raced ? "!" : ""));
    }
    return ids;
  }

  private static String run(Steps step, String id) {
    return step.run(id, String.class, () -> "ran " + id);
  }

  private static Call done(String... ids) {
    Call call = Call.first();
    for (String id : ids) {
      call.done(id, "\"" + id + "\"");
    }
    return call;
  }

  // --- rounds ---

  private static App stepsAndASleep() {
    return App.function(
        (event, step) -> {
          step.parallel(
              () -> {
                run(step, "a1");
                run(step, "a2");
                run(step, "a3");
              },
              () -> {
                run(step, "b1");
                step.sleep("nap", SECOND);
                run(step, "b2");
              });
          run(step, "after");
          step.sleep("last", SECOND);
          return "end";
        });
  }

  @Test
  void allBranchesAreReportedAndNoneIsRun() {
    AtomicInteger ran = new AtomicInteger();
    App app =
        App.function(
            (event, step) -> {
              var both =
                  step.parallel(
                      () -> step.run("a", Integer.class, ran::incrementAndGet),
                      () -> step.run("b", Integer.class, ran::incrementAndGet));
              return both.first() * 10 + both.second();
            });
    Answer answer = app.call(Call.first());
    assertThat(reported(answer)).containsExactly("a", "b");
    assertThat(answer.json().findValuesAsText("op")).containsOnly("StepPlanned");
    assertThat(ran).hasValue(0);
    assertThat(app.call(Call.first().target("b").planOnly()).operation().path("data").asInt())
        .isEqualTo(1);
    assertThat(app.call(Call.first().done("a", "3").done("b", "4")).text()).isEqualTo("34");
  }

  @Test
  void fromTheFirstWaveWithASleepOnEverythingIsRaced() {
    App app = stepsAndASleep();
    assertThat(reported(app.call(Call.first()))).containsExactly("a1", "b1");
    assertThat(reported(app.call(done("a1", "b1")))).containsExactly("a1>a2!", "b1>nap!");
    assertThat(reported(app.call(done("a1", "b1", "a1>a2")))).containsExactly("a1>a3!", "b1>nap!");
    assertThat(reported(app.call(done("a1", "b1", "a1>a2", "a1>a3")))).containsExactly("b1>nap!");
    Call joined = done("a1", "b1", "a1>a2", "a1>a3", "b1>nap", "b1>b2");
    Answer after = app.call(joined);
    assertThat(reported(after)).containsExactly("after!");
    assertThat(after.operation().path("op").asText()).isEqualTo("StepPlanned");
    assertThat(reported(app.call(joined.done("after", "\"x\"")))).containsExactly("last!");
  }

  /** The mode is that of the wave, whatever the other branches have come to meanwhile. */
  @Test
  void aTargetedAnswerCarriesTheModeItsStepWasPlannedWith() {
    App app = stepsAndASleep();
    assertThat(reported(app.call(done("b1").target("a1")))).containsExactly("a1");
    assertThat(reported(app.call(Call.first().target("a1")))).containsExactly("a1");
    assertThat(reported(app.call(done("a1", "b1").target("a1>a2")))).containsExactly("a1>a2!");
    assertThat(
            reported(
                app.call(done("a1", "b1", "a1>a2", "a1>a3", "b1>nap", "b1>b2").target("after"))))
        .containsExactly("after!");
    assertThat(reported(app.call(done("a1", "b1").target("a1")))).containsExactly("a1");
    Answer failed =
        App.function(
                (event, step) -> {
                  step.parallel(
                      () -> step.run("bad", () -> List.of().get(1)), () -> step.sleep(SECOND));
                  return null;
                })
            .call(Call.first().target("bad").attempt(3, 4));
    assertThat(reported(failed)).containsExactly("bad!");
    assertThat(failed.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(failed.noRetry()).isEqualTo("true");
  }

  @Test
  void plainStepsCarryNoModeAndTheNextStepRunsAtOnce() {
    App app =
        App.function(
            (event, step) -> {
              step.parallel(
                  () -> {
                    run(step, "a1");
                    run(step, "a2");
                  },
                  () -> run(step, "b1"));
              return run(step, "after");
            });
    assertThat(reported(app.call(done("a1", "b1")))).containsExactly("a1>a2");
    Answer after = app.call(done("a1", "b1", "a1>a2"));
    assertThat(reported(after)).containsExactly("after");
    assertThat(after.operation().path("op").asText()).isEqualTo("StepRun");
  }

  @Test
  void nestedGroupsCountOn() {
    App app =
        App.function(
            (event, step) -> {
              step.parallel(
                  () -> {
                    run(step, "a1");
                    step.parallel(
                        () -> {
                          run(step, "n1");
                          step.sleep("nap", SECOND);
                        },
                        () -> run(step, "m1"));
                  },
                  () -> {
                    run(step, "b1");
                    run(step, "b2");
                    run(step, "b3");
                  });
              return null;
            });
    assertThat(reported(app.call(done("a1", "b1")))).containsExactly("a1>n1", "a1>m1", "b1>b2");
    assertThat(reported(app.call(done("a1", "b1", "a1>n1", "a1>m1", "b1>b2"))))
        .containsExactly("a1>n1>nap!", "b1>b3!");
    assertThat(reported(app.call(done("a1", "b1", "a1>n1", "a1>m1").target("b1>b2"))))
        .containsExactly("b1>b2");
  }

  @Test
  void independentBranchesAreRacedFromTheirFirstWaveOn() {
    App app =
        App.function(
            (event, step) -> {
              step.independent().parallel(() -> run(step, "a"), () -> run(step, "b"));
              return run(step, "after");
            });
    assertThat(reported(app.call(Call.first()))).containsExactly("a!", "b!");
    assertThat(reported(app.call(done("a", "b")))).containsExactly("after!");
  }

  @Test
  void anIndependentGroupOfNothingChangesNothing() {
    App app =
        App.function(
            (event, step) -> {
              step.independent().forEach(List.of(), item -> item, item -> item);
              return run(step, "after");
            });
    Answer after = app.call(Call.first());
    assertThat(reported(after)).containsExactly("after");
    assertThat(after.operation().path("op").asText()).isEqualTo("StepRun");
  }

  // --- ids ---

  @Test
  void branchesThatRepeatIdsAreToldApart() {
    App app =
        App.function(
            (event, step) -> {
              step.parallel(
                  () -> {
                    run(step, "x");
                    return run(step, "y");
                  },
                  () -> {
                    run(step, "x");
                    return run(step, "y");
                  });
              return run(step, "x");
            });
    assertThat(reported(app.call(Call.first()))).containsExactly("x", "x:1");
    assertThat(reported(app.call(done("x", "x:1")))).containsExactly("x>y", "x:1>y");
    assertThat(reported(app.call(done("x:1")))).containsExactly("x", "x:1>y");
    assertThat(reported(app.call(done("x", "x:1", "x>y", "x:1>y")))).containsExactly("x:2");
  }

  @Test
  void aBranchThatStartsWithAGroupIsNamedByItsFirstStep() {
    App app =
        App.function(
            (event, step) -> {
              step.parallel(
                  () -> {
                    step.parallel(
                        () -> {
                          step.parallel(
                              () -> {
                                run(step, "p");
                                return run(step, "q");
                              },
                              () -> run(step, "r"));
                          return run(step, "z");
                        },
                        () -> run(step, "s"));
                    return run(step, "p");
                  },
                  () -> run(step, "p"));
              return null;
            });
    assertThat(reported(app.call(Call.first()))).containsExactly("p", "r", "s", "p:1");
    assertThat(reported(app.call(done("p", "r", "s", "p:1")))).containsExactly("p>q");
    assertThat(reported(app.call(done("p", "r", "s", "p:1", "p>q")))).containsExactly("p>>z");
    assertThat(reported(app.call(done("p", "r", "s", "p:1", "p>q", "p>>z"))))
        .containsExactly("p>>>p");
  }

  @Test
  void theFirstStepOfAnItemCarriesItsKey() {
    StepDefinition<String> reserve =
        StepDefinition.of("reserve", StepHash.of("reserve"), TypeRef.of(String.class));
    App app =
        App.function(
            (event, step) ->
                step.forEach(
                    List.of("S1", "S[2]"),
                    sku -> sku,
                    sku -> {
                      reserve.call(() -> "reserved");
                      return run(step, "ship");
                    }));
    assertThat(reported(app.call(Call.first())))
        .containsExactly("reserve[S1]", "reserve[S%5B2%5D]");
    assertThat(reported(app.call(done("reserve[S1]", "reserve[S%5B2%5D]"))))
        .containsExactly("reserve[S1]>ship", "reserve[S%5B2%5D]>ship");
  }

  /** A loop over keyed steps can become a {@code forEach} while runs are under way. */
  @Test
  void anItemsKeyIsNotRepeatedForAStepThatHasTheSame() {
    StepDefinition<String> reserve =
        StepDefinition.of("reserve", StepHash.of("reserve"), TypeRef.of(String.class));
    App loop =
        App.function(
            (event, step) -> {
              reserve.call(7, () -> "x");
              return reserve.call(8L, () -> "y");
            });
    App group =
        App.function(
            (event, step) ->
                step.forEach(List.of(7, 8), key -> key, key -> reserve.call(key, () -> "x")));
    assertThat(reported(loop.call(done("reserve[7]")))).containsExactly("reserve[8]");
    assertThat(reported(group.call(done("reserve[7]")))).containsExactly("reserve[8]");
  }

  @Test
  void keysAreTextsIntegersEnumsAndUuids() {
    UUID uuid = UUID.nameUUIDFromBytes(new byte[] {1});
    StepDefinition<String> step =
        StepDefinition.of("s", StepHash.of("s"), TypeRef.of(String.class));
    for (Object key : List.of("a b", 5, 5L, TimeUnit.DAYS, uuid)) {
      App app = App.function((event, steps) -> step.call(key, () -> "x"));
      assertThat(reported(app.call(Call.first()))).containsExactly("s[" + key + "]");
    }
    for (Object key : List.of("", 5.0, List.of(), "x".repeat(129), new Object())) {
      App app = App.function((event, steps) -> step.call(key, () -> "x"));
      Answer answer = app.call(Call.first());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("message").asText()).contains("\"s\"");
    }
  }

  @Test
  void aKeyThatStandsTwiceIsRefusedBeforeAnythingIsReported() {
    App app =
        App.function(
            (event, step) ->
                step.forEach(List.of("a", "b", "a"), key -> key, key -> run(step, "s")));
    Answer answer = app.call(Call.first());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("message").asText()).contains("\"a\"");
  }

  @Test
  void whatIsRememberedUnderAFormerIdIsFound() {
    StepDefinition<String> renamed =
        StepDefinition.of("new", StepHash.of("new"), TypeRef.of(String.class))
            .formerly("old", "older");
    App app =
        App.function(
            (event, step) -> {
              var both =
                  step.parallel(
                      () -> renamed.call(() -> "x") + run(step, "y"),
                      () -> renamed.call("k", () -> "x"));
              return both.first() + both.second();
            });
    assertThat(reported(app.call(Call.first()))).containsExactly("new", "new[k]");
    assertThat(reported(app.call(done("older", "old[k]")))).containsExactly("new>y");
    assertThat(app.call(done("older", "old[k]", "older>y")).text())
        .isEqualTo("\"olderolder>yold[k]\"");
    assertThat(app.call(done("old", "new", "old[k]", "new>y", "old>y")).text())
        .isEqualTo("\"newnew>yold[k]\"");
  }

  @Test
  void aStepThatWasPlannedUnderItsFormerIdIsAnsweredUnderIt() {
    StepDefinition<String> renamed =
        StepDefinition.of("new", StepHash.of("new"), TypeRef.of(String.class)).formerly("old");
    App app = App.function((event, step) -> renamed.call(() -> "x"));
    JsonNode operation = app.call(Call.first().target("old")).operation();
    assertThat(operation.path("op").asText()).isEqualTo("StepRun");
    assertThat(operation.path("id").asText()).isEqualTo(StepHash.of("old"));
  }

  // --- failures ---

  @Test
  void theFirstFailureByPositionIsThrownWhenAllHaveEnded() {
    App app =
        App.function(
            (event, step) -> {
              try {
                step.parallel(() -> run(step, "a"), () -> run(step, "b"), () -> run(step, "c"));
                return "fine";
              } catch (StepFailedException e) {
                return e.stepId();
              }
            });
    assertThat(reported(app.call(Call.first().failed("c", "E", "m")))).containsExactly("a", "b");
    assertThat(reported(app.call(Call.first().failed("c", "E", "m").failed("b", "E", "m"))))
        .containsExactly("a");
    assertThat(
            app.call(Call.first().failed("c", "E", "m").failed("b", "E", "m").done("a", "1"))
                .text())
        .isEqualTo("\"b\"");
  }

  @Test
  void checkedExceptionsOfBranchesKeepTheirTypes() {
    App app =
        App.function(
            (event, step) -> {
              try {
                step.parallel(StepGroupsTest::declined, () -> 1);
                return "fine";
              } catch (Declined e) {
                return "declined";
              }
            });
    assertThat(app.call(Call.first()).text()).isEqualTo("\"declined\"");
  }

  private static final class Declined extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static int declined() throws Declined {
    throw new Declined();
  }

  @Test
  void outcomesTellOfEachItemHowItEnded() {
    App app =
        App.function(
            (event, step) -> {
              List<Object> all = new ArrayList<>();
              for (Outcome<String> outcome :
                  step.forEachSettled(List.of(1, 2), i -> i, i -> run(step, "s"))) {
                all.add(
                    outcome instanceof Outcome.Failure<String> failure
                        ? failure.error().getMessage()
                        : outcome.succeeded());
              }
              return all;
            });
    assertThat(app.call(Call.first().failed("s[1]", "E", "boom").done("s[2]", "\"x\"")).json())
        .isEqualTo(Trees.parse("[\"boom\",true]"));
  }

  @Test
  void afterAFailureNoFurtherWindowStarts() {
    App app =
        App.function(
            (event, step) -> step.forEach(List.of(1, 2, 3, 4, 5), i -> i, 2, i -> run(step, "s")));
    assertThat(reported(app.call(Call.first()))).containsExactly("s[1]", "s[2]");
    assertThat(reported(app.call(done("s[1]")))).containsExactly("s[2]");
    assertThat(reported(app.call(done("s[1]", "s[2]")))).containsExactly("s[3]", "s[4]");
    assertThat(app.call(done("s[1]").failed("s[2]", "E", "m")).status()).isEqualTo(400);
    assertThat(app.call(done("s[1]", "s[2]", "s[3]", "s[4]", "s[5]")).json())
        .isEqualTo(Trees.parse("[\"s[1]\",\"s[2]\",\"s[3]\",\"s[4]\",\"s[5]\"]"));
  }

  @Test
  void codeThatFailsInABranchEndsThatBranchOnly() {
    App app =
        App.function(
            (event, step) -> {
              try {
                step.parallel(
                    () -> {
                      throw new IllegalStateException("always");
                    },
                    () -> run(step, "b"));
                return "fine";
              } catch (IllegalStateException e) {
                return e.getMessage();
              }
            });
    assertThat(reported(app.call(Call.first()))).containsExactly("b");
    assertThat(app.call(done("b")).text()).isEqualTo("\"always\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsToBeTriedAgainInABranchIsTriedAgainBeforeAnythingIsReported(boolean error) {
    App app =
        App.function(
            (event, step) -> {
              step.parallel(
                  () -> {
                    if (error) {
                      throw new NoClassDefFoundError("gone");
                    }
                    throw new RetryAfterException("later", SECOND);
                  },
                  () -> run(step, "b"));
              return null;
            });
    Answer answer = app.call(Call.first());
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.noRetry()).isEqualTo("false");
    assertThat(answer.retryAfter()).isEqualTo(error ? "absent" : "1");
    assertThat(reported(app.call(Call.first().attempt(3, 4)))).containsExactly("b");
  }

  @Test
  void aFailureInTheWayOfTheStepThatIsAskedForIsTold() {
    App app =
        App.function(
            (event, step) -> {
              step.parallel(
                  () -> {
                    if (step.context().runId().equals(Call.RUN_ID)) {
                      throw new IllegalStateException("not today");
                    }
                    return run(step, "a");
                  },
                  () -> run(step, "b"));
              return null;
            });
    Answer answer = app.call(Call.first().target("a"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("message").asText()).isEqualTo("not today");
    assertThat(reported(app.call(Call.first().target("b")))).containsExactly("b");
  }

  // --- interruption ---

  @Test
  void anInterruptThatABranchSwallowsIsNoticed() {
    List<String> log = new ArrayList<>();
    App app =
        App.function(
            (event, step) -> {
              step.parallel(
                  () -> {
                    try {
                      run(step, "a");
                    } catch (Throwable swallowed) {
                      log.add("swallowed");
                    }
                    run(step, "never");
                    return 1;
                  },
                  () -> {
                    try {
                      run(step, "b");
                    } catch (Throwable swallowed) {
                      log.add("swallowed too");
                    }
                    return 2;
                  });
              return "never";
            });
    assertThat(reported(app.call(Call.first()))).containsExactly("a", "b");
    assertThat(log).containsExactly("swallowed", "swallowed too");
  }

  @Test
  void aGroupInsideAStepIsAnErrorThatSaysSo() {
    App app =
        App.function(
            (event, step) -> {
              step.run("outer", () -> step.parallel(() -> 1, () -> 2));
              return null;
            });
    JsonNode operation = app.call(Call.first()).operation();
    assertThat(operation.path("op").asText()).isEqualTo("StepFailed");
    assertThat(operation.path("error").path("name").asText())
        .isEqualTo(StepUsageException.class.getName());
  }

  // --- races ---

  private static App race() {
    return App.function(
        (event, step) -> {
          String winner =
              step.race(
                  () -> {
                    run(step, "a1");
                    return run(step, "a2");
                  },
                  () -> run(step, "b1"));
          return winner + " " + run(step, "after");
        });
  }

  @Test
  void aRaceIsWonByTheBranchWhoseLastMemoCameFirst() {
    App app = race();
    assertThat(reported(app.call(Call.first()))).containsExactly("a1!", "b1!");
    assertThat(reported(app.call(done("a1")))).containsExactly("a1>a2!", "b1!");
    // Decided: the loser starts nothing new, not even what would come next.
    assertThat(reported(app.call(done("b1")))).containsExactly("after!");
    assertThat(reported(app.call(done("b1", "a1")))).containsExactly("after!");
    assertThat(app.call(done("b1", "a1", "a1>a2", "after")).text()).isEqualTo("\"b1 after\"");
    assertThat(app.call(done("a1", "a1>a2", "b1", "after")).text()).isEqualTo("\"a1>a2 after\"");
  }

  @Test
  void aLosersStepIsRunWhenItIsAskedFor() {
    JsonNode operation = race().call(done("a1", "b1").target("a1>a2")).operation();
    assertThat(operation.path("op").asText()).isEqualTo("StepRun");
    assertThat(operation.path("id").asText()).isEqualTo(StepHash.of("a1>a2"));
    assertThat(race().call(done("a1", "b1").target("after")).operation().path("op").asText())
        .isEqualTo("StepRun");
  }

  @Test
  void aFailureWinsARaceToo() {
    Answer answer = race().call(Call.first().failed("b1", "E", "first").done("a1", "1"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("message").asText()).isEqualTo("first");
  }

  // --- waiting meanwhile ---

  @Test
  void aWaitStandsBeforeWhatIsDoneMeanwhile() {
    App app =
        App.function(
            (event, step) ->
                step.waitForEvent(
                        EventType.json("test/answer"), Wait.atMost(SECOND), () -> run(step, "ask"))
                    .isPresent());
    assertThat(reported(app.call(Call.first()))).containsExactly("wait-test/answer!", "ask!");
    assertThat(reported(app.call(Call.first().memo("wait-test/answer", "null"))))
        .containsExactly("ask!");
    assertThat(app.call(done("ask").memo("wait-test/answer", "null")).text()).isEqualTo("false");
    Answer failed = app.call(Call.first().failed("ask", "E", "nobody to ask"));
    assertThat(failed.status()).isEqualTo(400);
    assertThat(failed.json().path("message").asText()).isEqualTo("nobody to ask");
  }

  // --- invocations ---

  @Test
  void aFunctionIsInvokedOnceForEveryEntry() {
    FunctionRef<Map<String, Integer>, String> child =
        FunctionRef.of("child", TypeRef.of(String.class));
    Map<String, Map<String, Integer>> inputs = new LinkedHashMap<>();
    inputs.put("x", Map.of("n", 1));
    inputs.put("y", Map.of("n", 2));
    App app = App.function((event, step) -> step.invokeAll(child, inputs));
    Answer answer = app.call(Call.first());
    assertThat(reported(answer)).containsExactly("invoke-child[x]!", "invoke-child[y]!");
    assertThat(answer.json().path(1).path("opts").path("payload"))
        .isEqualTo(Trees.parse("{\"data\":{\"n\":2}}"));
    assertThat(app.call(done("invoke-child[y]", "invoke-child[x]")).text())
        .isEqualTo("{\"x\":\"invoke-child[x]\",\"y\":\"invoke-child[y]\"}");
  }

  // --- limits ---

  private static App fanOut(int before, int items) {
    return App.function(
        (event, step) -> {
          for (int i = 0; i < before; i++) {
            run(step, "before");
          }
          return step.forEach(
                  IntStream.range(0, items).boxed().toList(), i -> i, 100, i -> run(step, "s"))
              .size();
        });
  }

  @Test
  void aGroupThatWouldExceedTheLimitIsRefusedBeforeItsFirstStep() {
    Answer refused = fanOut(0, 1_000).call(Call.first());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("message").asText()).contains("1000 branches", "999");
    assertThat(reported(fanOut(0, 999).call(Call.first()))).hasSize(100);
    assertThat(fanOut(1, 999).call(done("before")).status()).isEqualTo(400);
    assertThat(reported(fanOut(1, 998).call(done("before")))).hasSize(100);
  }

  @Test
  void theThousandthOperationIsRefused() {
    App app =
        App.function(
            (event, step) -> {
              for (int i = 0; i < 1_000; i++) {
                step.run("s", () -> {});
              }
              return null;
            });
    Call call = done("s");
    for (int i = 1; i < 998; i++) {
      call.done("s:" + i, "null");
    }
    assertThat(reported(app.call(call))).containsExactly("s:998");
    Answer refused = app.call(call.done("s:998", "null"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("message").asText()).contains("\"s:999\"", "999");
  }

  @Test
  void aServerThatRemembersMoreHasAHigherLimit() {
    App app =
        App.function(
            (event, step) -> {
              for (int i = 0; i <= 1_000; i++) {
                step.run("s", () -> {});
              }
              return null;
            });
    Call call = done("s");
    for (int i = 1; i < 1_000; i++) {
      call.done("s:" + i, "null");
    }
    assertThat(reported(app.call(call))).containsExactly("s:1000");
  }

  // --- graphs ---

  private static App graph(boolean chainBeside) {
    return App.function(
        (event, step) -> {
          StepGraph graph = StepGraph.of(step);
          var a = graph.node(() -> run(step, "a"));
          var b = graph.node(() -> run(step, "b"), a);
          var c =
              chainBeside ? graph.node(() -> run(step, "c")) : graph.node(() -> run(step, "c"), a);
          var d = graph.node(() -> b.result() + c.result() + run(step, "d"), b, c);
          graph.run();
          return d.result();
        });
  }

  @Test
  void aGraphInWhichNothingCouldStartEarlyIsNotRaced() {
    App diamond = graph(false);
    assertThat(reported(diamond.call(Call.first()))).containsExactly("a");
    assertThat(reported(diamond.call(done("a")))).containsExactly("b", "c");
    assertThat(reported(diamond.call(done("a", "b").target("c")))).containsExactly("c");
    assertThat(reported(diamond.call(done("a", "b", "c")))).containsExactly("d");
    assertThat(diamond.call(done("a", "b", "c", "d")).text()).isEqualTo("\"bcd\"");
  }

  @Test
  void aGraphInWhichAStepCouldStartEarlyIsRacedAsAWhole() {
    App app = graph(true);
    assertThat(reported(app.call(Call.first()))).containsExactly("a!", "c!");
    assertThat(reported(app.call(done("a")))).containsExactly("b!", "c!");
    assertThat(reported(app.call(done("a", "c", "b")))).containsExactly("d!");
  }

  @Test
  void aWideGraphIsNotRaced() {
    App app =
        App.function(
            (event, step) -> {
              StepGraph graph = StepGraph.of(step);
              for (int i = 0; i < 11; i++) {
                int number = i;
                var node = graph.node(() -> run(step, "wide" + number));
                if (i == 0) {
                  graph.node(() -> run(step, "next"), node);
                }
              }
              graph.run();
              return null;
            });
    assertThat(reported(app.call(Call.first()))).hasSize(11).noneMatch(id -> id.endsWith("!"));
  }

  @Test
  void stepsAfterOneThatFailedDoNotBeginAndTheFirstFailureIsThrown() {
    App app = graph(true);
    Answer answer = app.call(Call.first().failed("a", "E", "no a").done("c", "1"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("message").asText()).isEqualTo("no a");
  }

  @Test
  void nodesWithOneIdAndGraphsInBranchesAreRefused() {
    App twice =
        App.function(
            (event, step) -> {
              StepGraph graph = StepGraph.of(step);
              graph.node(() -> run(step, "a"));
              graph.node(() -> run(step, "a"));
              graph.run();
              return null;
            });
    assertThat(twice.call(Call.first()).json().path("message").asText()).contains("\"a\"");
    App inBranch =
        App.function(
            (event, step) -> {
              step.parallel(
                  () -> {
                    StepGraph.of(step).run();
                    return 1;
                  },
                  () -> 2);
              return null;
            });
    assertThat(inBranch.call(Call.first()).json().path("message").asText()).contains("branch");
  }

  // --- how fast runs go on ---

  /** Drives a function with waits that take an hour, and tells when it ended, in seconds. */
  private static double ended(App app) {
    Random random = new Random(3);
    ServerModel model =
        new ServerModel(
            request -> {
              Call call = Call.first().memos(request.memos()).attempt(request.attempt(), 4);
              String target = request.target();
              if (target != null) {
                call.targetHash(target);
              }
              if (request.planOnly()) {
                call.planOnly();
              }
              Answer answer = app.call(call);
              return new Reply(answer.status(), answer.json(), false, 0.01);
            },
            operation -> new Resolution(3_600, "null"),
            random,
            2,
            4,
            0.02,
            0);
    assertThat(model.run()).isEqualTo(Status.COMPLETED);
    return model.now();
  }

  private static void waitLong(Steps step) {
    step.waitForEvent(EventType.json("test/late"), Wait.atMost(Duration.ofHours(1)));
  }

  @Test
  void aRunDoesNotWaitForTheLoserOfARace() {
    App app =
        App.function(
            (event, step) -> {
              step.race(
                  () -> {
                    waitLong(step);
                    return 1;
                  },
                  () -> run(step, "quick"));
              run(step, "after");
              step.sleep(SECOND);
              return run(step, "last");
            });
    assertThat(ended(app)).isLessThan(10);
  }

  @Test
  void aBranchDoesNotWaitForTheWaitOfAnother() {
    App app =
        App.function(
            (event, step) -> {
              StepGroups.Branch<Integer, RuntimeException> slow =
                  () -> {
                    run(step, "b1");
                    waitLong(step);
                    return 1;
                  };
              StepGroups.Branch<Integer, RuntimeException> fast =
                  () -> {
                    run(step, "a1");
                    run(step, "a2");
                    step.sleep(SECOND);
                    run(step, "a3");
                    return 2;
                  };
              return step.race(() -> step.parallel(slow, slow).first(), fast);
            });
    assertThat(ended(app)).isLessThan(10);
  }

  /** In a rolling deployment another instance knows the step, and the failure was dealt with. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureOfABranchDoesNotEndTheRunWhereAStepIsNotFound(boolean othersAreDone) {
    App app =
        App.function(
            (event, step) -> {
              step.forEachSettled(
                  List.of("a", "b"),
                  key -> key,
                  key -> {
                    if (key.equals("a")) {
                      throw new NonRetriableException("a is bad");
                    }
                    return step.run("s", String.class, () -> key);
                  });
              return step.run("next", String.class, () -> "n");
            });
    Call call = Call.first();
    if (othersAreDone) {
      call.done("s[b]", "\"b\"");
    }
    Answer answer = app.call(call.target("removed"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.noRetry()).isEqualTo("false");
  }
}
