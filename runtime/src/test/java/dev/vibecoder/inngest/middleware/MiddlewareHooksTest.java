package dev.vibecoder.inngest.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Recorder;
import dev.vibecoder.inngest.support.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MiddlewareHooksTest {
  private static final FunctionHandler<JsonEvent> TWO_STEPS =
      (event, step) -> {
        String one = step.run("one", String.class, () -> "1");
        String two = step.run("two", String.class, () -> "2");
        return one + two;
      };

  private static FunctionDefinition function(
      FunctionHandler<JsonEvent> code, Middleware... middleware) {
    return FunctionDefinition.define("fn").on("test/event").middleware(middleware).handle(code);
  }

  /** What one recorder of the client saw of one call. */
  private static List<String> seen(FunctionHandler<JsonEvent> code, Call call) {
    List<String> log = Recorder.log();
    App app = App.with(List.of(new Recorder("", log)), function(code));
    log.clear();
    app.call(call);
    return log;
  }

  @Test
  void aFirstCallRunsTheFirstStep() {
    assertThat(seen(TWO_STEPS, Call.first()))
        .containsExactly(
            "wrapRequest(",
            "transformEvents",
            "onRunStart",
            "beforeMemoization",
            "afterMemoization",
            "beforeExecution",
            "wrapFunction(",
            "wrapStepCall one(",
            "onStepStart one",
            "wrapStep one(",
            ")wrapStep one",
            "transformStepOutput one",
            "onStepComplete one \"1\"",
            ")wrapStepCall one",
            ")wrapFunction",
            "afterExecution STEPS_REPORTED",
            ")wrapRequest");
  }

  @Test
  void memoizationEndsWithTheLastRememberedStep() {
    assertThat(seen(TWO_STEPS, Call.first().done("one", "\"1\"")))
        .containsExactly(
            "wrapRequest(",
            "transformEvents",
            "beforeMemoization",
            "wrapFunction(",
            "wrapStepCall one(",
            "transformMemo one",
            "afterMemoization",
            "beforeExecution",
            ")wrapStepCall one",
            "wrapStepCall two(",
            "onStepStart two",
            "wrapStep two(",
            ")wrapStep two",
            "transformStepOutput two",
            "onStepComplete two \"2\"",
            ")wrapStepCall two",
            ")wrapFunction",
            "afterExecution STEPS_REPORTED",
            ")wrapRequest");
  }

  @Test
  void theLastCallEndsTheRunAndRunsNoBody() {
    assertThat(seen(TWO_STEPS, Call.first().done("one", "\"1\"").done("two", "\"2\"")))
        .containsExactly(
            "wrapRequest(",
            "transformEvents",
            "beforeMemoization",
            "wrapFunction(",
            "wrapStepCall one(",
            "transformMemo one",
            ")wrapStepCall one",
            "wrapStepCall two(",
            "transformMemo two",
            "afterMemoization",
            "beforeExecution",
            ")wrapStepCall two",
            ")wrapFunction",
            "transformOutput",
            "onRunComplete \"12\"",
            "afterExecution RETURNED",
            ")wrapRequest");
  }

  @Test
  void aNewStepEndsMemoizationEvenIfSomethingElseIsRemembered() {
    assertThat(seen(TWO_STEPS, Call.first().done("gone", "1")))
        .containsSubsequence(
            "wrapStepCall one(", "afterMemoization", "beforeExecution", "onStepStart one")
        .containsOnlyOnce("afterMemoization");
  }

  @Test
  void aFunctionThatReturnsEndsMemoizationEvenIfSomethingIsLeft() {
    assertThat(seen((event, step) -> "x", Call.first().done("gone", "1")))
        .containsSubsequence(
            ")wrapFunction", "afterMemoization", "beforeExecution", "transformOutput")
        .containsOnlyOnce("afterMemoization");
  }

  @Test
  void aRunStartsOnlyInItsFirstCall() {
    assertThat(seen(TWO_STEPS, Call.first().attempt(1, 4))).doesNotContain("onRunStart");
    assertThat(seen(TWO_STEPS, Call.first().target("one"))).doesNotContain("onRunStart");
  }

  @Test
  void aFailingFunctionIsToldOnce() {
    assertThat(
            seen(
                (event, step) -> {
                  throw new IllegalStateException("no");
                },
                Call.first()))
        .endsWith(
            "wrapFunction(",
            ")wrapFunction",
            "onRunError no",
            "afterExecution THREW",
            ")wrapRequest");
    assertThat(
            seen(
                (event, step) -> {
                  throw new NonRetriableException("no");
                },
                Call.first()))
        .contains("onRunError no last");
  }

  @Test
  void aFailingStepIsToldWithWhetherItIsTriedAgain() {
    FunctionHandler<JsonEvent> code =
        (event, step) ->
            step.run(
                "bad",
                String.class,
                () -> {
                  throw new IllegalStateException("no");
                });
    assertThat(seen(code, Call.first()))
        .containsSubsequence(
            "wrapStep bad(", ")wrapStep bad", "onStepError bad no", "afterExecution STEPS_REPORTED")
        .doesNotContain("transformStepOutput bad", "onRunError no");
    assertThat(seen(code, Call.first().attempt(3, 4))).contains("onStepError bad no last");
  }

  @Test
  void aRememberedFailureIsGivenByTheStepCallOnly() {
    FunctionHandler<JsonEvent> code =
        (event, step) -> {
          try {
            return step.run("bad", String.class, () -> "never");
          } catch (StepFailedException e) {
            return "caught";
          }
        };
    assertThat(seen(code, Call.first().failed("bad", "E", "no")))
        .containsSubsequence(
            "wrapStepCall bad(",
            "afterMemoization",
            ")wrapStepCall bad",
            "onRunComplete \"caught\"")
        .doesNotContain("transformMemo bad", "onStepStart bad", "onStepError bad no");
  }

  @Test
  void whatTheServerDoesHasItsInputChangedWhenItIsReported() {
    FunctionHandler<JsonEvent> code =
        (event, step) -> {
          step.sleep("nap", Duration.ofSeconds(1));
          return step.invoke(
              "call",
              FunctionRef.<ObjectNode, String>of("other", TypeRef.of(String.class)),
              Trees.object("{}"));
        };
    assertThat(seen(code, Call.first()))
        .contains("wrapStepCall nap(", "afterExecution STEPS_REPORTED")
        .noneMatch(line -> line.startsWith("transformStepInput"));
    assertThat(seen(code, Call.first().memo("nap", "null")))
        .containsSubsequence(
            "transformMemo nap", "wrapStepCall call(", "transformStepInput call INVOKE");
    assertThat(seen(code, Call.first().memo("nap", "null").done("call", "\"x\"")))
        .contains("transformMemo call", "onRunComplete \"x\"")
        .doesNotContain("transformStepInput call INVOKE");
  }

  @Test
  void inAGroupEveryHookIsStillCalledOnce() {
    FunctionHandler<JsonEvent> code =
        (event, step) -> {
          var both =
              step.parallel(
                  () -> step.run("a", String.class, () -> "a"),
                  () -> {
                    step.run("b", String.class, () -> "b");
                    return step.run("c", String.class, () -> "c");
                  });
          return both.first() + both.second();
        };
    assertThat(seen(code, Call.first()))
        .containsOnlyOnce("beforeMemoization", "afterMemoization", "beforeExecution")
        .containsSubsequence(
            "wrapStepCall a(",
            ")wrapStepCall a",
            "wrapStepCall b(",
            ")wrapStepCall b",
            ")wrapFunction",
            "afterExecution STEPS_REPORTED")
        .noneMatch(line -> line.startsWith("wrapStep "));
    assertThat(seen(code, Call.first().target("b")))
        .containsOnlyOnce(
            "beforeMemoization",
            "afterMemoization",
            "beforeExecution",
            "onStepStart b",
            "wrapStep b(",
            "onStepComplete b \"b\"",
            "afterExecution STEPS_REPORTED")
        .doesNotContain("onStepStart a", "wrapStep a(");
    assertThat(seen(code, Call.first().done("a", "\"a\"").done("b", "\"b\"")))
        .containsOnlyOnce(
            "transformMemo a", "transformMemo b", "afterMemoization", "beforeExecution")
        .containsSubsequence("transformMemo b", "afterMemoization", "wrapStepCall b>c(");
    assertThat(seen(code, Call.first().done("a", "\"a\"").done("b", "\"b\"").done("b>c", "\"c\"")))
        .containsOnlyOnce("afterMemoization", "transformOutput", "onRunComplete \"ac\"");
  }

  @Test
  void aStepThatIsNotReachedIsToldAsSuch() {
    assertThat(seen(TWO_STEPS, Call.first().target("gone")))
        .containsOnlyOnce("afterMemoization", "beforeExecution", "afterExecution STEP_NOT_FOUND");
  }

  @Test
  void theClientsComesBeforeTheFunctionsAndEncloses() {
    List<String> log = Recorder.log();
    App app =
        App.with(
            List.of(new Recorder("A", log), new Recorder("B", log)),
            function(TWO_STEPS, new Recorder("C", log)));
    assertThat(log)
        .containsExactly("A onRegister app/-", "B onRegister app/-", "C onRegister app/fn");
    log.clear();
    app.call(Call.first());
    assertThat(log)
        .containsExactly(
            "A wrapRequest(",
            "B wrapRequest(",
            "C wrapRequest(",
            "A transformEvents",
            "B transformEvents",
            "C transformEvents",
            "A onRunStart",
            "B onRunStart",
            "C onRunStart",
            "A beforeMemoization",
            "B beforeMemoization",
            "C beforeMemoization",
            "A afterMemoization",
            "B afterMemoization",
            "C afterMemoization",
            "A beforeExecution",
            "B beforeExecution",
            "C beforeExecution",
            "A wrapFunction(",
            "B wrapFunction(",
            "C wrapFunction(",
            "A wrapStepCall one(",
            "B wrapStepCall one(",
            "C wrapStepCall one(",
            "A onStepStart one",
            "B onStepStart one",
            "C onStepStart one",
            "A wrapStep one(",
            "B wrapStep one(",
            "C wrapStep one(",
            "C )wrapStep one",
            "B )wrapStep one",
            "A )wrapStep one",
            "C transformStepOutput one",
            "B transformStepOutput one",
            "A transformStepOutput one",
            "A onStepComplete one \"1\"",
            "B onStepComplete one \"1\"",
            "C onStepComplete one \"1\"",
            "C )wrapStepCall one",
            "B )wrapStepCall one",
            "A )wrapStepCall one",
            "C )wrapFunction",
            "B )wrapFunction",
            "A )wrapFunction",
            "A afterExecution STEPS_REPORTED",
            "B afterExecution STEPS_REPORTED",
            "C afterExecution STEPS_REPORTED",
            "C )wrapRequest",
            "B )wrapRequest",
            "A )wrapRequest");
    log.clear();
    app.call(Call.first().done("one", "\"1\"").done("two", "\"2\""));
    assertThat(log)
        .containsSubsequence(
            "A transformMemo one",
            "B transformMemo one",
            "C transformMemo one",
            "C transformOutput",
            "B transformOutput",
            "A transformOutput",
            "A onRunComplete \"12\"");
  }

  @Test
  void middlewareOfAFunctionIsThereForThatFunctionAndItsHandlers() {
    List<String> log = Recorder.log();
    FunctionDefinition with =
        FunctionDefinition.define("with")
            .on("test/event")
            .middleware(new Recorder("W", log))
            .onFailure((failure, step) -> null)
            .handle((event, step) -> "x");
    FunctionDefinition without =
        FunctionDefinition.define("without").on("test/event").handle((event, step) -> "x");
    App app = App.of(with, without);
    assertThat(log).containsExactly("W onRegister app/with");
    log.clear();
    app.call("without", Call.first());
    assertThat(log).isEmpty();
    app.call(
        "with-failure",
        Call.first()
            .event(
                "{\"name\":\"inngest/function.failed\",\"id\":\"f\",\"ts\":1,\"data\":{"
                    + "\"error\":{\"name\":\"E\",\"message\":\"no\"},\"function_id\":\"app-with\","
                    + "\"run_id\":\"r\",\"event\":{\"name\":\"test/event\",\"data\":{}}}}"));
    assertThat(log).contains("W wrapFunction(", "W onRunComplete null");
  }

  /** Writes its letter around every text that goes out and takes it away from what comes in. */
  private record Layer(String letter) implements Middleware {
    private JsonPayload out(JsonPayload payload) {
      return JsonPayload.of(new TextNode(letter + "(" + payload.tree().asText() + ")"));
    }

    @Override
    public JsonPayload transformStepOutput(CallContext call, StepInfo step, JsonPayload output) {
      return out(output);
    }

    @Override
    public JsonPayload transformOutput(CallContext call, JsonPayload output) {
      return out(output);
    }

    @Override
    public JsonPayload transformMemo(CallContext call, StepInfo step, JsonPayload memo) {
      String text = memo.tree().asText();
      assertThat(text).startsWith(letter + "(").endsWith(")");
      return JsonPayload.of(new TextNode(text.substring(2, text.length() - 1)));
    }
  }

  @Test
  void whatOneWroteItReadsAgain() {
    App app =
        App.with(List.of(new Layer("A"), new Layer("B")), function(TWO_STEPS, new Layer("C")));
    assertThat(app.call(Call.first()).operation().path("data").asText()).isEqualTo("A(B(C(1)))");
    Answer end = app.call(Call.first().done("one", "\"A(B(C(1)))\"").done("two", "\"A(B(C(2)))\""));
    assertThat(end.text()).isEqualTo("\"A(B(C(12)))\"");
  }

  @Test
  void eventsAreChangedBeforeTheyAreDecoded() {
    Middleware renames =
        new Middleware() {
          @Override
          public List<EventEnvelope> transformEvents(CallContext call, List<EventEnvelope> events) {
            return events.stream().map(e -> e.withData(Trees.parse("{\"n\":2}"))).toList();
          }
        };
    App app =
        App.with(List.of(renames), function((event, step) -> event.data().path("n").intValue()));
    assertThat(app.call(Call.first()).text()).isEqualTo("2");
  }

  private static final ContextKey<String> TENANT = ContextKey.of("tenant");

  @Test
  void aValueOfTheRequestReachesTheFunctionOfThisCallOnly() {
    Middleware tenant =
        new Middleware() {
          @Override
          public AppResponse wrapRequest(
              CallContext call, AppRequest request, Next<AppResponse> next) throws Exception {
            request.header("X-Tenant").ifPresent(name -> call.put(TENANT, name));
            return next.proceed().withHeader("X-Seen", request.method());
          }
        };
    App app =
        App.with(
            List.of(tenant),
            function((event, step) -> step.context().value(TENANT).orElse("none")));
    Answer answer = app.call("fn", Call.first(), Map.of("x-tenant", "t1"));
    assertThat(answer.text()).isEqualTo("\"t1\"");
    assertThat(answer.headers()).containsEntry("X-Seen", "POST");
    assertThat(app.call(Call.first()).text()).isEqualTo("\"none\"");
  }

  @Test
  void aRequestCanBeAnsweredWithoutTheFunction() {
    AtomicInteger calls = new AtomicInteger();
    Middleware refuses =
        new Middleware() {
          @Override
          public AppResponse wrapRequest(
              CallContext call, AppRequest request, Next<AppResponse> next) {
            return new AppResponse(503, Map.of("Retry-After", "5"), new byte[] {'{', '}'});
          }
        };
    App app = App.with(List.of(refuses), function((event, step) -> calls.incrementAndGet()));
    Answer answer = app.call(Call.first());
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.retryAfter()).isEqualTo("5");
    assertThat(answer.headers()).containsKey("X-Inngest-Sdk");
    assertThat(calls).hasValue(0);
  }

  /** As a transaction would: begun and ended around bodies that really run. */
  private static final class Transactions implements Middleware {
    final List<String> log = new ArrayList<>();

    @Override
    public @Nullable Object wrapStep(CallContext call, StepInfo step, Next<@Nullable Object> next)
        throws Exception {
      assertThat(StepContext.current().stepId()).isEqualTo(step.id());
      log.add("begin " + step.id() + " attempt " + step.attempt());
      try {
        Object result = next.proceed();
        log.add("commit");
        return result;
      } catch (Exception e) {
        log.add("rollback");
        throw e;
      }
    }
  }

  @Test
  void adviceIsAroundBodiesThatReallyRun() {
    Transactions transactions = new Transactions();
    AtomicInteger bodies = new AtomicInteger();
    App app =
        App.with(
            List.of(transactions),
            function(
                (event, step) -> {
                  int first = step.run("first", Integer.class, bodies::incrementAndGet);
                  step.sleep("nap", Duration.ofSeconds(1));
                  return step.run(
                      "second",
                      Integer.class,
                      () -> {
                        throw new IllegalStateException("no " + first);
                      });
                }));
    app.call(Call.first());
    assertThat(transactions.log).containsExactly("begin first attempt 0", "commit");
    transactions.log.clear();
    app.call(Call.first().done("first", "1"));
    app.call(Call.first().planOnly());
    app.call(Call.first().done("first", "1").target("first"));
    assertThat(transactions.log).isEmpty();
    app.call(Call.first().done("first", "1").memo("nap", "null").attempt(1, 4));
    assertThat(transactions.log).containsExactly("begin second attempt 1", "rollback");
    assertThat(bodies).hasValue(1);
  }

  @Test
  void aStepCanBeWrappedAsTheFunctionSeesIt() {
    Middleware forgives =
        new Middleware() {
          @Override
          public @Nullable Object wrapStepCall(
              CallContext call, StepInfo step, Next<@Nullable Object> next) throws Exception {
            try {
              return next.proceed();
            } catch (StepFailedException e) {
              return "instead of " + e.getMessage();
            }
          }
        };
    App app =
        App.with(
            List.of(forgives),
            function((event, step) -> step.run("bad", String.class, () -> "never")));
    assertThat(app.call(Call.first().failed("bad", "E", "no")).text())
        .contains("instead of")
        .contains("no");
  }

  @Test
  void stepsCanStandBeforeAndAfterThoseOfTheFunction() {
    Middleware frames =
        new Middleware() {
          @Override
          public @Nullable Object wrapFunction(
              CallContext call, Steps step, Next<@Nullable Object> next) throws Exception {
            String before = step.run("before", String.class, () -> "b");
            return before + next.proceed() + step.run("after", String.class, () -> "a");
          }
        };
    App app =
        App.with(
            List.of(frames), function((event, step) -> step.run("one", String.class, () -> "1")));
    assertThat(app.call(Call.first()).operation().path("displayName").asText()).isEqualTo("before");
    Call call = Call.first().done("before", "\"b\"");
    assertThat(app.call(call).operation().path("displayName").asText()).isEqualTo("one");
    call.done("one", "\"1\"");
    assertThat(app.call(call).operation().path("displayName").asText()).isEqualTo("after");
    assertThat(app.call(call.done("after", "\"a\"")).text()).isEqualTo("\"b1a\"");
  }

  @Test
  void aChangedInputIsWhatTheServerGets() {
    Middleware stamps =
        new Middleware() {
          @Override
          public ObjectNode transformStepInput(CallContext call, StepInfo step, ObjectNode input) {
            input.withObject("payload").withObject("data").put("by", call.functionId());
            return input;
          }
        };
    App app =
        App.with(
            List.of(stamps),
            function(
                (event, step) ->
                    step.invoke(
                        "call",
                        FunctionRef.<ObjectNode, String>of("other", TypeRef.of(String.class)),
                        Trees.object("{\"n\":1}"))));
    assertThat(app.call(Call.first()).operation().path("opts").path("payload"))
        .isEqualTo(Trees.parse("{\"data\":{\"n\":1,\"by\":\"fn\"}}"));
  }

  private record Stamp(String name) implements Middleware {
    @Override
    public ObjectNode transformStepInput(CallContext call, StepInfo step, ObjectNode input) {
      ObjectNode data = input.withObject("payload").withObject("data");
      data.put("by", data.path("by").asText() + name);
      return input;
    }
  }

  @Test
  void whatIsInvokedPassesFromTheFirstToTheLast() {
    App app =
        App.with(
            List.of(new Stamp("A"), new Stamp("B")),
            function(
                (event, step) ->
                    step.invoke(
                        "call",
                        FunctionRef.<ObjectNode, String>of("other", TypeRef.of(String.class)),
                        Trees.object("{}")),
                new Stamp("C")));
    assertThat(app.call(Call.first()).operation().at("/opts/payload/data/by").asText())
        .isEqualTo("ABC");
  }

  @Test
  void aBatchIsChangedAsAWhole() {
    List<Integer> sizes = new ArrayList<>();
    Middleware counts =
        new Middleware() {
          @Override
          public List<EventEnvelope> transformEvents(CallContext call, List<EventEnvelope> events) {
            sizes.add(events.size());
            return events;
          }
        };
    FunctionDefinition batch =
        FunctionDefinition.define("fn")
            .on("test/event")
            .middleware(counts)
            .batch(Batch.of(10, Duration.ofSeconds(5)))
            .handleBatch((events, step) -> events.size());
    String event = "{\"name\":\"test/event\",\"data\":{},\"ts\":1}";
    Call call = Call.first().event(event).events(event);
    assertThat(App.of(batch).call(call).text()).isEqualTo("2");
    assertThat(sizes).containsExactly(2);
  }

  @Test
  void theContextTellsOfTheCall() {
    List<String> facts = new ArrayList<>();
    Middleware asks =
        new Middleware() {
          @Override
          public void beforeMemoization(CallContext call) {
            facts.add(call.appId() + " " + call.functionId() + " " + call.runId());
            facts.add(call.attempt() + " of " + call.maxAttempts());
          }

          @Override
          public void onStepStart(CallContext call, StepInfo step) {
            facts.add(step.toString());
          }
        };
    App app =
        App.with(List.of(asks), function((event, step) -> step.run("a", String.class, () -> "x")));
    app.call(Call.first().attempt(2, 5));
    assertThat(facts)
        .containsExactly(
            "app fn " + Call.RUN_ID,
            "2 of 5",
            new StepInfo("a", "a", StepKind.RUN, 2, 5).toString());
    assertThat(new StepInfo("reserve[S1]>ship:1", "s", StepKind.RUN, 0, 1).rawId())
        .isEqualTo("ship");
    assertThat(new StepInfo("x", "s", StepKind.RUN, 0, 1).rawId()).isEqualTo("x");
  }

  /** What can go wrong with a result goes wrong while a transaction can still be rolled back. */
  @Test
  void aResultThatCannotBeWrittenFailsTheBodyAndAChangedOneIsWrittenAsItIsNow() {
    List<String> log = new ArrayList<>();
    Middleware around =
        new Middleware() {
          @Override
          public @Nullable Object wrapStep(
              CallContext call, StepInfo step, Next<@Nullable Object> next) throws Exception {
            try {
              Object result = next.proceed();
              log.add("done");
              if (result instanceof Map<?, ?> map) {
                @SuppressWarnings("unchecked")
                Map<String, String> texts = (Map<String, String>) map;
                texts.put("by", "middleware");
              }
              return result;
            } catch (NonRetriableException e) {
              log.add("failed");
              throw e;
            }
          }
        };
    App nan =
        App.with(
            List.of(around),
            FunctionDefinition.define("fn")
                .on("test/event")
                .handle((event, step) -> step.run("s", Double.class, () -> Double.NaN)));
    assertThat(nan.call(Call.first()).operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(log).containsExactly("failed");
    App changed =
        App.with(
            List.of(around),
            FunctionDefinition.define("fn")
                .on("test/event")
                .handle(
                    (event, step) ->
                        step.run(
                            "s",
                            new TypeRef<Map<String, String>>() {},
                            () -> new HashMap<>(Map.of("by", "body")))));
    assertThat(changed.call(Call.first()).operation().path("data").path("by").asText())
        .isEqualTo("middleware");
  }
}
