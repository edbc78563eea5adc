package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Undo;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.middleware.CallContext;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.middleware.encryption.EncryptionKey;
import dev.vibecoder.inngest.middleware.encryption.EncryptionMiddleware;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SagaTest {
  private static String userland(Answer answer) {
    return answer.operation().path("userland").path("id").asText();
  }

  private static App order(List<String> log) {
    return App.function(
        (event, step) ->
            step.saga(
                undo -> {
                  step.run("charge", () -> log.add("charge"));
                  undo.step(() -> log.add("refund"));
                  step.run("reserve", () -> log.add("reserve"));
                  undo.step("release", () -> log.add("release"));
                  step.run("ship", () -> log.add("ship"));
                  return "shipped";
                }));
  }

  @Test
  void aSagaThatSucceedsUndoesNothing() {
    List<String> log = new ArrayList<>();
    Call done = Call.first().done("charge", "null").done("reserve", "null").done("ship", "null");
    assertThat(order(log).call(done).text()).isEqualTo("\"shipped\"");
    assertThat(log).isEmpty();
  }

  @Test
  void stepsAreUndoneInReverseWhenALaterOneFails() {
    List<String> log = new ArrayList<>();
    App app = order(log);
    Call call =
        Call.first().done("charge", "null").done("reserve", "null").failed("ship", "E", "no truck");
    assertThat(userland(app.call(call))).isEqualTo("release");
    call.done("release", "null");
    assertThat(userland(app.call(call))).isEqualTo("undo-charge");
    call.done("undo-charge", "null");
    Answer end = app.call(call);
    assertThat(end.status()).isEqualTo(400);
    assertThat(end.json().path("message").asText()).isEqualTo("no truck");
    assertThat(log).containsExactly("release", "refund");
  }

  @Test
  void whatCannotBeUndoneDoesNotKeepTheRestFromIt() {
    List<Throwable> suppressed = new ArrayList<>();
    App app =
        App.function(
            (event, step) -> {
              try {
                return step.saga(
                    undo -> {
                      undo.step("first", () -> {});
                      undo.step("second", () -> {});
                      step.run("bad", () -> {});
                      return 1;
                    });
              } catch (StepFailedException e) {
                suppressed.addAll(List.of(e.getSuppressed()));
                return e.getMessage();
              }
            });
    Call call = Call.first().failed("bad", "E", "bad").failed("second", "E", "stuck");
    assertThat(userland(app.call(call))).isEqualTo("first");
    assertThat(app.call(call.done("first", "null")).text()).isEqualTo("\"bad\"");
    assertThat(suppressed)
        .hasSize(1)
        .first()
        .hasToString("dev.vibecoder.inngest.StepFailedException: stuck");
  }

  /** Half of it undone, the rest must be undone as well, whatever the code does next time. */
  @Test
  void thatASagaFailedOutsideItsStepsIsRemembered() {
    AtomicInteger calls = new AtomicInteger();
    App app =
        App.function(
            (event, step) -> {
              try {
                return step.saga(
                    undo -> {
                      step.run("charge", () -> {});
                      undo.step(() -> {});
                      if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("only now");
                      }
                      step.run("ship", () -> {});
                      return "shipped";
                    });
              } catch (StepFailedException e) {
                return "undone: " + e.getMessage();
              }
            });
    Call call = Call.first().done("charge", "null");
    JsonNode decision = app.call(call).operation();
    assertThat(decision.path("op").asText()).isEqualTo("StepRun");
    assertThat(decision.path("userland").path("id").asText()).isEqualTo(":saga");
    call.done(":saga", decision.path("data").toString());
    assertThat(userland(app.call(call))).isEqualTo("undo-charge");
    assertThat(app.call(call.done("undo-charge", "null")).text()).isEqualTo("\"undone: only now\"");
  }

  @Test
  void anExceptionThatComesAgainIsThrownAsItself() {
    App app =
        App.function(
            (event, step) -> {
              try {
                return step.saga(
                    undo -> {
                      step.run("charge", () -> {});
                      undo.steps(() -> step.run("refund", () -> {}));
                      throw new UnsupportedOperationException("sold out");
                    });
              } catch (UnsupportedOperationException e) {
                return e.getMessage();
              }
            });
    Call call = Call.first().done("charge", "null");
    assertThat(userland(app.call(call))).isEqualTo(":saga");
    call.done(":saga", "{\"name\":\"E\",\"message\":\"sold out\"}");
    assertThat(userland(app.call(call))).isEqualTo("refund");
    assertThat(app.call(call.done("refund", "null")).text()).isEqualTo("\"sold out\"");
  }

  @Test
  void aSagaWithNothingToUndoJustFails() {
    App app =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      throw new IllegalStateException("at once");
                    }));
    assertThat(app.call(Call.first()).status()).isEqualTo(500);
  }

  @Test
  void undoingWithoutAStepBeforeOrAfterTheSagaIsAnError() {
    App nothing =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      undo.step(() -> {});
                      return 1;
                    }));
    assertThat(nothing.call(Call.first()).json().path("name").asText())
        .isEqualTo(StepUsageException.class.getName());
    App late =
        App.function(
            (event, step) -> {
              var kept = step.saga(undo -> undo);
              kept.step("x", () -> {});
              return 1;
            });
    assertThat(late.call(Call.first()).json().path("message").asText()).contains("ended");
  }

  /** Undoing comes with the steps of the saga, of a step before it nothing is known. */
  @Test
  void aStepBeforeTheSagaIsNotUndoneByIt() {
    App app =
        App.function(
            (event, step) -> {
              step.run("before", () -> {});
              return step.saga(
                  undo -> {
                    undo.step(() -> {});
                    step.run("in", () -> {});
                    return 1;
                  });
            });
    Answer answer = app.call(Call.first().done("before", "null"));
    assertThat(answer.json().path("name").asText()).isEqualTo(StepUsageException.class.getName());
    assertThat(answer.json().path("message").asText()).contains("undo.step(id, body)");
  }

  @Test
  void aSagaWithoutStepsDoesNotHideTheStepBeforeIt() {
    App app =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      step.run("charge", () -> {});
                      step.saga(inner -> 1);
                      undo.step(() -> {});
                      step.run("ship", () -> {});
                      return 1;
                    }));
    Call call = Call.first().done("charge", "null").failed("ship", "E", "no");
    assertThat(userland(app.call(call))).isEqualTo("undo-charge");
  }

  // --- which step undoes which ---

  private static String id(Answer answer) {
    return answer.operation().path("id").asText();
  }

  private static App raced(List<String> undone, boolean bySteps) {
    return App.function(
        (event, step) ->
            step.saga(
                undo -> {
                  step.race(
                      () -> reserve("north", step, undo, undone, bySteps),
                      () -> reserve("south", step, undo, undone, bySteps));
                  step.run("pay", () -> {});
                  return "ok";
                }));
  }

  private static String reserve(
      String side, Steps step, Undo undo, List<String> undone, boolean bySteps) {
    String reserved = step.run("reserve", String.class, () -> side);
    if (bySteps) {
      undo.steps(() -> step.run("release", () -> undone.add(side)));
    } else {
      undo.step(() -> undone.add(side));
    }
    return reserved;
  }

  /** What comes late must not take the id, and with it the memo, of what came in time. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachBranchOfARaceIsUndoneOnceHoweverLateItComes(boolean bySteps) {
    List<String> undone = new ArrayList<>();
    App app = raced(undone, bySteps);
    String north = "reserve>undo-reserve" + (bySteps ? ">release" : "");
    String south = "reserve:1>undo-reserve" + (bySteps ? ">release" : "");
    Call call = Call.first().done("reserve", "\"north\"").failed("pay", "E", "declined");
    assertThat(id(app.call(call))).isEqualTo(StepHash.of(north));
    app.call(call.target(north));
    assertThat(undone).containsExactly("north");
    Call late =
        Call.first()
            .done("reserve", "\"north\"")
            .failed("pay", "E", "declined")
            .done(north, "null")
            .done("reserve:1", "\"south\"");
    assertThat(id(app.call(late))).isEqualTo(StepHash.of(south));
    app.call(late.target(south));
    assertThat(undone).containsExactly("north", "south");
    Call end =
        Call.first()
            .done("reserve", "\"north\"")
            .failed("pay", "E", "declined")
            .done(north, "null")
            .done("reserve:1", "\"south\"")
            .done(south, "null");
    assertThat(app.call(end).json().path("message").asText()).isEqualTo("declined");
  }

  @Test
  void stepsThatUndoAreCountedWhereTheyAreRegistered() {
    List<String> undone = new ArrayList<>();
    App app =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      for (int i = 0; i < 2; i++) {
                        int item = i;
                        step.run("reserve", () -> {});
                        undo.step(() -> undone.add("item " + item));
                      }
                      step.run("pay", () -> {});
                      return "ok";
                    }));
    Call call =
        Call.first()
            .done("reserve", "null")
            .done("reserve:1", "null")
            .failed("pay", "E", "declined");
    assertThat(id(app.call(call))).isEqualTo(StepHash.of("undo-reserve:1"));
    assertThat(id(app.call(call.done("undo-reserve:1", "null"))))
        .isEqualTo(StepHash.of("undo-reserve"));
    assertThat(undone).containsExactly("item 1", "item 0");
  }

  @Test
  void inABranchTheKeyIsThatOfTheBranchElsewhereThatOfTheStep() {
    StepDefinition<String> reserve =
        StepDefinition.of("reserve", StepHash.of("reserve"), TypeRef.of(String.class));
    App loop =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      reserve.call("S1", () -> "x");
                      undo.step(() -> {});
                      step.run("pay", () -> {});
                      return "ok";
                    }));
    Call looped = Call.first().done("reserve[S1]", "\"x\"").failed("pay", "E", "declined");
    assertThat(id(loop.call(looped))).isEqualTo(StepHash.of("undo-reserve[S1]"));
    App each =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      step.forEach(
                          List.of("S1", "S2"),
                          key -> key,
                          key -> {
                            step.run("reserve", () -> {});
                            undo.step(() -> {});
                            step.run("ship", () -> {});
                            undo.step(() -> {});
                            return key;
                          });
                      step.run("pay", () -> {});
                      return "ok";
                    }));
    Call call =
        Call.first()
            .done("reserve[S1]", "null")
            .done("reserve[S2]", "null")
            .done("reserve[S1]>ship", "null")
            .done("reserve[S2]>ship", "null")
            .failed("pay", "E", "declined");
    for (String undo :
        List.of(
            "reserve[S2]>undo-ship",
            "reserve[S2]>undo-reserve",
            "reserve[S1]>undo-ship",
            "reserve[S1]>undo-reserve")) {
      assertThat(id(each.call(call))).isEqualTo(StepHash.of(undo));
      call.done(undo, "null");
    }
    assertThat(each.call(call).status()).isEqualTo(400);
  }

  @Test
  void theUndoingStepOfARenamedStepIsFoundUnderItsFormerId() {
    StepDefinition<String> book =
        StepDefinition.of("book", StepHash.of("book"), TypeRef.of(String.class))
            .formerly("reserve");
    List<String> undone = new ArrayList<>();
    App app =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      book.call(() -> "booked");
                      undo.step(() -> undone.add("booked"));
                      step.run("pay", () -> {});
                      return "ok";
                    }));
    Call call =
        Call.first()
            .done("reserve", "\"booked\"")
            .failed("pay", "E", "declined")
            .done("undo-reserve", "null");
    assertThat(app.call(call).json().path("message").asText()).isEqualTo("declined");
    assertThat(undone).isEmpty();
  }

  // --- room ---

  /** Of what cannot be undone for want of room nobody would be told. */
  @Test
  void aStepIsRefusedWhileThereIsRoomToUndoAllBeforeIt() {
    App app =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      for (int i = 0; i < 600; i++) {
                        step.run("do", () -> {});
                        undo.step(() -> {});
                      }
                      return "ok";
                    }));
    Call call = Call.first();
    for (int i = 0; i < 498; i++) {
      call.done(i == 0 ? "do" : "do:" + i, "null");
    }
    assertThat(id(app.call(call))).isEqualTo(StepHash.of("do:498"));
    call.done("do:498", "null");
    JsonNode decision = app.call(call).operation();
    assertThat(decision.path("userland").path("id").asText()).isEqualTo(":saga");
    assertThat(decision.path("data").path("message").asText()).contains("999", "undo");
    call.done(":saga", decision.path("data").toString());
    for (int i = 498; i >= 0; i--) {
      String undo = i == 0 ? "undo-do" : "undo-do:" + i;
      if (i % 100 == 0) {
        assertThat(id(app.call(call))).isEqualTo(StepHash.of(undo));
      }
      call.done(undo, "null");
    }
    Answer end = app.call(call);
    assertThat(end.status()).isEqualTo(400);
    assertThat(end.json().path("message").asText()).contains("999");
  }

  @Test
  void aGroupThatCouldNotBeUndoneIsRefusedBeforeItsFirstStep() {
    List<String> keys = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
    App app =
        App.function(
            (event, step) ->
                step.saga(
                    undo ->
                        step.forEach(
                            keys, key -> key, key -> step.run("do", String.class, () -> key))));
    Answer answer = app.call(Call.first());
    assertThat(answer.json().path("name").asText()).isEqualTo(StepUsageException.class.getName());
    assertThat(answer.json().path("message").asText()).contains("500 branches", "undone");
  }

  @Test
  void stepsOfABranchWithoutASagaNeedNoRoomToBeUndone() {
    App app =
        App.function(
            (event, step) -> {
              for (int i = 0; i < 999; i++) {
                step.run("do", () -> {});
              }
              return "ok";
            });
    Call call = Call.first();
    for (int i = 0; i < 998; i++) {
      call.done(i == 0 ? "do" : "do:" + i, "null");
    }
    assertThat(id(app.call(call))).isEqualTo(StepHash.of("do:998"));
  }

  // --- what middleware sees ---

  @Test
  void aSagaThatFailedOutsideStepsDoesNotEndTheReplay() {
    List<String> log = new ArrayList<>();
    Middleware listening =
        new Middleware() {
          @Override
          public void afterMemoization(CallContext call) {
            log.add("new from here");
          }
        };
    App app =
        App.with(
            List.of(listening),
            FunctionDefinition.define("fn")
                .on("test/event")
                .handle(
                    (event, step) -> {
                      try {
                        step.saga(
                            undo -> {
                              step.run("a", () -> {});
                              undo.step(() -> {});
                              throw new IllegalStateException("outside");
                            });
                      } catch (IllegalStateException e) {
                        log.add("undone");
                      }
                      step.run("b", () -> {});
                      log.add("b is done");
                      step.run("c", () -> {});
                      return "done";
                    }));
    app.call(
        Call.first()
            .done("a", "null")
            .done(":saga", "{\"name\":\"E\",\"message\":\"outside\"}")
            .done("undo-a", "null")
            .done("b", "null"));
    assertThat(log).containsExactly("undone", "new from here", "b is done");
  }

  @Test
  void whatASagaFailedWithIsReadThroughMiddleware() {
    AtomicInteger calls = new AtomicInteger();
    App app =
        App.with(
            List.of(
                EncryptionMiddleware.withKey(EncryptionKey.of("0123456789abcdef0123456789abcdef"))
                    .build()),
            FunctionDefinition.define("fn")
                .on("test/event")
                .handle(
                    (event, step) ->
                        step.saga(
                            undo -> {
                              step.run("a", () -> {});
                              undo.step(() -> {});
                              if (calls.incrementAndGet() == 1) {
                                throw new IllegalStateException("disk full");
                              }
                              return "ok";
                            })));
    Call call = Call.first().done("a", "null");
    String recorded = app.call(call).operation().path("data").toString();
    assertThat(recorded).doesNotContain("disk full");
    Answer end = app.call(call.done(":saga", recorded).done("undo-a", "null"));
    assertThat(end.status()).isEqualTo(400);
    assertThat(end.json().path("message").asText()).isEqualTo("disk full");
    assertThat(end.json().path("name").asText()).isEqualTo("java.lang.IllegalStateException");
  }

  // --- modes ---

  /** The mode must be given by the code, not by how far a saga that is over comes this time. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSagaThatIsOverUndoesInTheSameWayWhereverItsCodeStops(boolean throwsAgain) {
    App app =
        App.function(
            (event, step) ->
                step.saga(
                    undo -> {
                      step.run("a", () -> {});
                      undo.step(() -> {});
                      if (throwsAgain) {
                        throw new IllegalStateException("once");
                      }
                      step.parallel(
                          () -> step.sleep("s", Duration.ofDays(1)), () -> step.run("p", () -> {}));
                      return "ok";
                    }));
    Call call =
        Call.first().done("a", "null").done(":saga", "{\"name\":\"E\",\"message\":\"once\"}");
    JsonNode undo = app.call(call).operation();
    assertThat(undo.path("op").asText()).isEqualTo("StepRun");
    assertThat(undo.path("opts").path("parallelMode").asText()).isEmpty();
  }
}
