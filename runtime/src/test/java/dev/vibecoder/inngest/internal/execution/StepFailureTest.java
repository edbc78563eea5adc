package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Seen;
import dev.vibecoder.inngest.support.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepFailureTest {
  static class PaymentException extends Exception {
    private static final long serialVersionUID = 1L;

    PaymentException(@Nullable String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static class DeclinedException extends PaymentException {
    private static final long serialVersionUID = 1L;

    DeclinedException(@Nullable String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static final class ExpiredCardException extends DeclinedException {
    private static final long serialVersionUID = 1L;

    ExpiredCardException(String message) {
      super(message, null);
    }
  }

  private static final StepDefinition<@Nullable Void> PAY =
      StepDefinition.ofVoid("pay", StepHash.of("pay"))
          .rethrowing(DeclinedException.class, DeclinedException::new)
          .rethrowing(PaymentException.class, PaymentException::new);

  private static Callable<@Nullable Void> throwing(Exception exception) {
    return () -> {
      throw exception;
    };
  }

  private static App step(Throwable thrown) {
    return App.function(
        (event, step) -> {
          step.run("s", () -> sneak(thrown));
          return "went on";
        });
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> void sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }

  private static App function(Throwable thrown) {
    return App.function(
        (event, step) -> {
          StepFailureTest.<RuntimeException>sneak(thrown);
          return null;
        });
  }

  // --- what a step throws ---

  @Test
  void aStepThatThrowsIsTriedAgainUntilTheLastAttempt() {
    App app = step(new IllegalStateException("boom", new RuntimeException("why")));
    Answer first = app.call(Call.first().attempt(0, 2));
    assertThat(first.operation().path("op").asText()).isEqualTo("StepError");
    assertThat(first.noRetry()).isEqualTo("false");
    JsonNode error = first.operation().path("error");
    assertThat(error.path("name").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("message").asText()).isEqualTo("boom");
    assertThat(error.path("stack").asText()).startsWith("java.lang.IllegalStateException: boom\n");
    assertThat(error.path("cause").path("message").asText()).isEqualTo("why");
    Answer last = app.call(Call.first().attempt(1, 2));
    assertThat(last.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(last.noRetry()).isEqualTo("true");
    assertThat(last.retryAfter()).isEqualTo("absent");
  }

  static List<Throwable> errors() {
    return List.of(
        new StackOverflowError(),
        new AssertionError("wrong"),
        new OutOfMemoryError("by hand"),
        new NoClassDefFoundError("gone"),
        new InterruptedException("stop"),
        new Throwable("bare"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void errorsAreReportedLikeExceptions(Throwable thrown) {
    Answer inStep = step(thrown).call(Call.first());
    assertThat(inStep.operation().path("op").asText()).isEqualTo("StepError");
    assertThat(inStep.operation().path("error").path("name").asText())
        .isEqualTo(thrown.getClass().getName());
    assertThat(inStep.operation().path("error").path("message").asText()).isNotEmpty();
    Answer inFunction = function(thrown).call(Call.first());
    assertThat(inFunction.status()).isEqualTo(500);
    assertThat(inFunction.noRetry()).isEqualTo("false");
    assertThat(inFunction.json().path("name").asText()).isEqualTo(thrown.getClass().getName());
  }

  @Test
  void endlessRecursionInUserCodeIsReported() {
    App app =
        App.function(
            (event, step) -> {
              step.run("s", () -> recurse(1));
              return null;
            });
    assertThat(app.call(Call.first()).operation().path("error").path("name").asText())
        .isEqualTo("java.lang.StackOverflowError");
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  @Test
  void nonRetriableEndsTheStepAtOnceAndTheFunctionAtOnce() {
    NonRetriableException never = new NonRetriableException("never", new Exception("why"));
    Answer inStep = step(never).call(Call.first());
    assertThat(inStep.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(inStep.noRetry()).isEqualTo("true");
    Answer inFunction = function(never).call(Call.first());
    assertThat(inFunction.status()).isEqualTo(400);
    assertThat(inFunction.noRetry()).isEqualTo("true");
    assertThat(inFunction.json().path("cause").path("message").asText()).isEqualTo("why");
  }

  @Test
  void retryAfterAsksForItsTime() {
    List<RetryAfterException> delays =
        List.of(
            new RetryAfterException("later", Duration.ofMillis(1_500)),
            new RetryAfterException("later", Instant.parse("2026-01-02T04:00:00Z")));
    List<String> headers = List.of("2", "2026-01-02T04:00:00Z");
    for (int i = 0; i < delays.size(); i++) {
      Answer inStep = step(delays.get(i)).call(Call.first());
      assertThat(inStep.operation().path("op").asText()).isEqualTo("StepError");
      assertThat(inStep.retryAfter()).isEqualTo(headers.get(i));
      assertThat(inStep.noRetry()).isEqualTo("false");
      Answer inFunction = function(delays.get(i)).call(Call.first());
      assertThat(inFunction.status()).isEqualTo(500);
      assertThat(inFunction.retryAfter()).isEqualTo(headers.get(i));
    }
  }

  @Test
  void theLastAttemptAsksForNoOther() {
    RetryAfterException later = new RetryAfterException("later", Duration.ofSeconds(5));
    Answer inStep = step(later).call(Call.first().attempt(3, 4));
    assertThat(inStep.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(inStep.retryAfter()).isEqualTo("absent");
    Answer inFunction = function(later).call(Call.first().attempt(3, 4));
    assertThat(inFunction.status()).isEqualTo(400);
    assertThat(inFunction.noRetry()).isEqualTo("true");
    assertThat(inFunction.retryAfter()).isEqualTo("absent");
  }

  /** Tells nothing of itself without throwing. */
  static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new StackOverflowError();
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("no stack");
    }
  }

  @Test
  void anExceptionThatThrowsWhenAskedIsReportedAllTheSame() {
    Answer inStep = step(new Mute()).call(Call.first());
    assertThat(inStep.operation().path("op").asText()).isEqualTo("StepError");
    assertThat(inStep.operation().path("error").path("name").asText())
        .isEqualTo(Mute.class.getName());
    Answer inFunction = function(new Mute()).call(Call.first());
    assertThat(inFunction.status()).isEqualTo(500);
    assertThat(inFunction.noRetry()).isEqualTo("false");
  }

  @Test
  void theLastAttemptIsRecognisedAtAnyNumber() {
    Answer answer =
        step(new IllegalStateException("boom")).call(Call.first().attempt(Integer.MAX_VALUE, 1));
    assertThat(answer.operation().path("op").asText()).isEqualTo("StepFailed");
  }

  @Test
  void anExceptionWithoutMessageComesBackWithoutItsNameForOne() {
    String name = DeclinedException.class.getName();
    App app =
        App.function(
            (event, step) -> {
              try {
                PAY.call(throwing(new DeclinedException("", null)));
                return "paid";
              } catch (Exception e) {
                return "message: " + e.getMessage();
              }
            });
    assertThat(app.call(Call.first().failed("pay", name, name)).json().asText())
        .isEqualTo("message: null");
    assertThat(app.call(Call.first().failed("pay", name, "")).json().asText())
        .isEqualTo("message: ");
  }

  @Test
  void causesThatFormACircleEnd() {
    Exception one = new Exception("one");
    Exception two = new Exception("two", one);
    one.initCause(two);
    assertThat(step(one).call(Call.first()).operation().path("error").path("cause").path("message"))
        .isEqualTo(Trees.parse("\"two\""));
  }

  /** What cannot be reported is tried in the dark, whatever the exception asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"half a pair: \ud83d", "\udd49", "x\ud83dy"})
  void aMessageThatIsNoTextIsReportedAllTheSame(String message) {
    Answer inStep = step(new NonRetriableException(message)).call(Call.first());
    assertThat(inStep.operation().path("op").asText()).isEqualTo("StepFailed");
    Answer inFunction = function(new NonRetriableException(message)).call(Call.first());
    assertThat(inFunction.noRetry()).isEqualTo("true");
  }

  /** The server takes 8 MiB and puts its own error in the place of what is larger. */
  @Test
  void anEndlessMessageIsCut() {
    String message = "x".repeat(9 << 20);
    assertThat(step(new Exception(message)).call(Call.first()).body()).hasSizeLessThan(1 << 20);
    assertThat(function(new Exception(message)).call(Call.first()).body()).hasSizeLessThan(1 << 20);
  }

  @Test
  void anExceptionWhoseMessageThrowsIsReported() {
    Exception broken =
        new Exception() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("no message");
          }
        };
    assertThat(step(broken).call(Call.first()).operation().path("op").asText())
        .isEqualTo("StepError");
    assertThat(function(broken).call(Call.first()).noRetry()).isEqualTo("false");
  }

  // --- what the function sees of it later ---

  // Generated methods declare what their step declares.
  @SuppressWarnings("RedundantThrows")
  private static void pay() throws PaymentException {
    PAY.call(throwing(new ExpiredCardException("expired")));
  }

  private static App catching(Seen<Throwable> seen) {
    return App.function(
        (event, step) -> {
          try {
            pay();
          } catch (PaymentException | StepFailedException e) {
            seen.set(e);
          }
          return "went on";
        });
  }

  @Test
  void aDeclaredExceptionIsRecordedUnderTheNearestDeclaredName() {
    JsonNode subclass =
        App.function((event, step) -> PAY.call(throwing(new ExpiredCardException("expired"))))
            .call(Call.first().attempt(3, 4))
            .operation();
    assertThat(subclass.path("op").asText()).isEqualTo("StepFailed");
    assertThat(subclass.path("error").path("name").asText())
        .isEqualTo(DeclinedException.class.getName());
    JsonNode superclass =
        App.function((event, step) -> PAY.call(throwing(new PaymentException("p", null))))
            .call(Call.first())
            .operation();
    assertThat(superclass.path("error").path("name").asText())
        .isEqualTo(PaymentException.class.getName());
  }

  @Test
  void aDeclaredExceptionIsThrownAsItselfWithItsCause() {
    Seen<Throwable> seen = new Seen<>();
    Answer answer =
        catching(seen)
            .call(
                Call.first()
                    .memo(
                        "pay",
                        "{\"error\":{\"name\":\""
                            + DeclinedException.class.getName()
                            + "\",\"message\":\"expired\",\"cause\":{\"name\":\"Root\","
                            + "\"message\":\"root\",\"cause\":\"not an object\"}}}"));
    assertThat(answer.text()).isEqualTo("\"went on\"");
    assertThat(seen.get()).isExactlyInstanceOf(DeclinedException.class).hasMessage("expired");
    assertThat(seen.get().getCause())
        .isInstanceOf(StepFailedException.class)
        .hasMessage("root")
        .hasNoCause();
    catching(seen).call(Call.first().failed("pay", PaymentException.class.getName(), "p"));
    assertThat(seen.get()).isExactlyInstanceOf(PaymentException.class);
  }

  @Test
  void anExceptionThatIsNotDeclaredComesAsStepFailed() {
    Seen<Throwable> seen = new Seen<>();
    catching(seen)
        .call(
            Call.first()
                .memo(
                    "pay",
                    "{\"error\":{\"name\":\"java.lang.IllegalStateException\",\"message\":\"m\","
                        + "\"stack\":\"remote\",\"cause\":{\"message\":\"c\"},\"noRetry\":true}}"));
    assertThat(seen.get()).isInstanceOf(StepFailedException.class).hasMessage("m");
    StepFailedException failed = (StepFailedException) seen.get();
    assertThat(failed.name()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failed.remoteStack()).isEqualTo("remote");
    assertThat(failed.stepId()).isEqualTo("pay");
    assertThat(failed).hasCauseInstanceOf(StepFailedException.class);
    assertThat(failed.getCause()).hasMessage("c");
  }

  /** Whatever another SDK or the server recorded, it is the step's failure and no other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "\"text\"",
        "5",
        "[]",
        "{\"name\":null,\"message\":null}",
        "{\"name\":{\"a\":1},\"message\":[1]}",
        "{\"message\":\"m\",\"stack\":{}}",
        "{\"message\":\"m\",\"noRetry\":\"perhaps\"}",
        "{\"message\":\"m\",\"cause\":{\"message\":{}}}"
      })
  void oddRecordedErrorsAreFailuresOfTheStepToo(String error) {
    Seen<Throwable> seen = new Seen<>();
    Answer answer = catching(seen).call(Call.first().memo("pay", "{\"error\":" + error + "}"));
    assertThat(answer.text()).isEqualTo("\"went on\"");
    assertThat(seen.get()).isInstanceOf(StepFailedException.class);
    assertThat(seen.get().getMessage()).isNotNull();
  }

  @Test
  void aFailureThatIsNotCaughtEndsTheRunWithTheRecordedError() {
    App app = App.function((event, step) -> step.run("s", String.class, () -> "x"));
    Answer answer = app.call(Call.first().failed("s", "MyError", "as recorded"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.noRetry()).isEqualTo("true");
    assertThat(answer.json())
        .isEqualTo(
            Trees.parse(
                "{\"name\":\"MyError\",\"message\":\"as recorded\",\"stack\":\"recorded stack\"}"));
  }

  @Test
  void aFailureThatIsWrappedEndsTheRunToo() {
    App app =
        App.function(
            (event, step) -> {
              try {
                return step.run("s", String.class, () -> "x");
              } catch (StepFailedException e) {
                throw new IllegalStateException("wrapped", e);
              }
            });
    Answer answer = app.call(Call.first().failed("s", "MyError", "as recorded"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.noRetry()).isEqualTo("true");
    assertThat(answer.json().path("message").asText()).isEqualTo("wrapped");
    assertThat(answer.json().path("cause").path("message").asText()).isEqualTo("as recorded");
  }

  @Test
  void anotherExceptionAfterACaughtFailureIsRetriable() {
    App app =
        App.function(
            (event, step) -> {
              try {
                step.run("s", () -> {});
              } catch (StepFailedException e) {
                throw new IllegalStateException("unrelated");
              }
              return null;
            });
    assertThat(app.call(Call.first().failed("s", "E", "m")).noRetry()).isEqualTo("false");
  }

  @Test
  void aMissingMaximumOfAttemptsMeansTryAgain() {
    assertThat(step(new Exception("x")).call(Call.first().attempt(99, 0)).noRetry())
        .isEqualTo("false");
  }

  // --- failure handlers ---

  private static Call failure(String original) {
    return Call.first()
        .event(
            "{\"name\":\"inngest/function.failed\",\"id\":\"r\",\"data\":{\"function_id\":\"app-fn\","
                + "\"run_id\":\"r1\",\"event\":"
                + original
                + ",\"error\":{\"error\":\"NonRetriableError\",\"name\":\"E\",\"message\":\"boom\","
                + "\"stack\":\"s\"},\"_inngest\":{\"status\":\"Failed\"}}}");
  }

  record Data(int n) {}

  private static App withFailureHandler(Seen<Object> seen, boolean decode) {
    return App.of(
        FunctionDefinition.define("fn")
            .on(
                dev.vibecoder.inngest.EventType.of(
                    "test/event",
                    dev.vibecoder.inngest.TypeRef.of(Data.class),
                    (id, name, data, ts, user, v) -> new TypedEvent(id, name, data, ts, user, v)))
            .onFailure(
                (failure, step) -> {
                  seen.set(decode ? failure.event().data() : failure.rawEvent());
                  step.run("report", () -> {});
                  return failure.functionId()
                      + " "
                      + failure.runId()
                      + " "
                      + failure.error().message();
                })
            .handle((event, step) -> null));
  }

  record TypedEvent(
      @Nullable String id,
      String name,
      Data data,
      @Nullable Instant ts,
      @Nullable JsonNode user,
      @Nullable String v)
      implements dev.vibecoder.inngest.Event<Data> {}

  @Test
  void aFailureHandlerSeesTheEventAndTheErrorAndHasSteps() {
    Seen<Object> seen = new Seen<>();
    App app = withFailureHandler(seen, true);
    Call call = failure("{\"name\":\"test/event\",\"data\":{\"n\":7}}");
    assertThat(app.call("fn-failure", call).operation().path("id").asText())
        .isEqualTo(StepHash.of("report"));
    assertThat(seen.get()).isEqualTo(new Data(7));
    assertThat(app.call("fn-failure", call.done("report", "null")).text())
        .isEqualTo("\"app-fn r1 boom\"");
  }

  @Test
  void anEventThatCannotBeDecodedCanStillBeSeenRaw() {
    Seen<Object> seen = new Seen<>();
    Call call = failure("{\"name\":\"test/event\",\"data\":{\"n\":\"not a number\"}}");
    assertThat(withFailureHandler(seen, false).call("fn-failure", call).status()).isEqualTo(206);
    assertThat(seen.get())
        .isEqualTo(Trees.parse("{\"name\":\"test/event\",\"data\":{\"n\":\"not a number\"}}"));
    Answer answer = withFailureHandler(seen, true).call("fn-failure", call);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("message").asText()).contains("test/event");
  }

  @Test
  void aFailureWithoutAnErrorIsNoProblem() {
    Seen<Object> seen = new Seen<>();
    Call call =
        Call.first()
            .event("{\"name\":\"inngest/function.failed\",\"data\":{\"event\":{\"name\":\"x\"}}}")
            .done("report", "null");
    Answer answer = withFailureHandler(seen, false).call("fn-failure", call);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void anEventThatCannotBeDecodedEndsTheRunAtOnce() {
    Answer answer =
        withFailureHandler(new Seen<>(), true)
            .call(Call.first().event("{\"name\":\"test/event\",\"data\":{\"n\":{}}}"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.noRetry()).isEqualTo("true");
    assertThat(answer.json().path("message").asText()).contains("test/event", "Data");
  }

  // --- what futures put around it ---

  private static Throwable joined(RuntimeException thrown) {
    return new CompletionException(new ExecutionException(thrown));
  }

  @Test
  void whatAFutureThrowsKeepsItsMeaning() {
    Throwable bad = joined(new NonRetriableException("bad"));
    Answer inStep = step(bad).call(Call.first());
    assertThat(inStep.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(inStep.noRetry()).isEqualTo("true");
    assertThat(function(bad).call(Call.first()).status()).isEqualTo(400);
    Throwable later = joined(new RetryAfterException("later", Duration.ofSeconds(90)));
    assertThat(step(later).call(Call.first()).retryAfter()).isEqualTo("90");
    Answer inFunction = function(later).call(Call.first());
    assertThat(inFunction.status()).isEqualTo(500);
    assertThat(inFunction.retryAfter()).isEqualTo("90");
  }

  @Test
  void exceptionsThatAStepNamesAreFoundInWhatAFutureThrows() {
    Exception declined = new CompletionException(new ExpiredCardException("expired"));
    App app =
        App.function(
            (event, step) -> PAY.nonRetriable(DeclinedException.class).call(throwing(declined)));
    JsonNode failed = app.call(Call.first()).operation();
    assertThat(failed.path("op").asText()).isEqualTo("StepFailed");
    assertThat(failed.path("error").path("name").asText())
        .isEqualTo(DeclinedException.class.getName());
    assertThat(failed.path("error").path("message").asText()).isEqualTo("expired");
  }

  @Test
  void anotherAttemptAskedForBecauseOfAFailedStepIsMade() {
    App app =
        App.function(
            (event, step) -> {
              try {
                step.run("s", () -> {});
                return "no";
              } catch (StepFailedException e) {
                throw new RetryAfterException("later", Duration.ofMinutes(5), e);
              }
            });
    Answer answer = app.call(Call.first().failed("s", "E", "no"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.noRetry()).isEqualTo("false");
    assertThat(answer.retryAfter()).isEqualTo("300");
  }
}
