package dev.vibecoder.inngest.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FetchRequest;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.Signal;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Nothing that the real server does not get over can be made to leave the SDK, whatever a function
 * does with the API: it is an error in the function's hands, or of the function.
 */
class HarmlessAnswersTest {
  private static final FunctionRef<@Nullable JsonNode, @Nullable JsonNode> CHILD =
      FunctionRef.of("child", TypeRef.of(JsonNode.class));
  private static final URI SOMEWHERE = URI.create("http://127.0.0.1:1/");
  private static final EventType<JsonEvent> EVENT = EventType.json("test/answer");
  private static final String MEMOISED = "\"" + StepHash.of("first") + "\":{\"data\":1}";

  @TestFactory
  List<DynamicTest> whateverAFunctionDoesItsAnswersAreHarmless() {
    Map<String, FunctionHandler<JsonEvent>> attempts = new LinkedHashMap<>();
    sleeps(attempts);
    waits(attempts);
    invocations(attempts);
    requests(attempts);
    results(attempts);
    errors(attempts);
    groups(attempts);
    return attempts.entrySet().stream()
        .map(
            attempt ->
                DynamicTest.dynamicTest(attempt.getKey(), () -> assertHarmless(attempt.getValue())))
        .toList();
  }

  private static void sleeps(Map<String, FunctionHandler<JsonEvent>> attempts) {
    for (Duration duration :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(-5),
            Duration.ofNanos(1),
            Duration.ofMillis(1_500),
            Duration.ofMinutes(1).minusSeconds(119),
            Duration.ofDays(366),
            Duration.ofDays(366).plusNanos(1),
            Duration.ofDays(367),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE))) {
      attempts.put("sleep " + duration, then(step -> step.sleep("s", duration)));
    }
    for (Instant time :
        List.of(
            Instant.EPOCH,
            Instant.MIN,
            Instant.MAX,
            Instant.parse("2020-01-01T00:00:00Z"),
            Instant.parse("0000-01-01T00:00:00Z"),
            Instant.now().plusSeconds(5),
            Instant.now().plus(Duration.ofDays(366)),
            Instant.now().plus(Duration.ofDays(400)),
            Instant.parse("+10000-01-01T00:00:00Z"))) {
      attempts.put("sleep until " + time, then(step -> step.sleepUntil("s", time)));
    }
  }

  private static void waits(Map<String, FunctionHandler<JsonEvent>> attempts) {
    for (Duration timeout :
        List.of(
            Duration.ofNanos(1),
            Duration.ofMillis(300),
            Duration.ofDays(366),
            Duration.ofDays(367),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      attempts.put(
          "wait for an event for " + timeout,
          then(step -> step.waitForEvent("w", EVENT, Wait.atMost(timeout))));
      attempts.put(
          "wait for a signal for " + timeout,
          then(step -> step.waitForSignal("g", Signal.of("s", String.class), timeout)));
      attempts.put(
          "invoke for " + timeout,
          then(step -> step.invoke("i", CHILD, null, InvokeOptions.atMost(timeout))));
    }
    for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      attempts.put(
          "wait for an event for " + timeout,
          then(step -> step.waitForEvent("w", EVENT, Wait.atMost(timeout))));
      attempts.put(
          "wait for a signal for " + timeout,
          then(step -> step.waitForSignal("g", Signal.of("s", String.class), timeout)));
      attempts.put(
          "invoke for " + timeout,
          then(step -> step.invoke("i", CHILD, null, InvokeOptions.atMost(timeout))));
    }
    for (String name : List.of("", " ", "a/*", "x".repeat(5_000), "\u0000", "\n")) {
      attempts.put(
          "wait for the event " + shown(name),
          then(
              step ->
                  step.waitForEvent(
                      "w", EventType.json(name), Wait.atMost(Duration.ofSeconds(1)))));
      attempts.put(
          "wait for the signal " + shown(name),
          then(
              step ->
                  step.waitForSignal("g", Signal.of(name, String.class), Duration.ofSeconds(1))));
    }
    for (String expression : List.of("", " ", "async.data.(", "foo.bar == 1")) {
      attempts.put(
          "wait when " + shown(expression),
          then(
              step ->
                  step.waitForEvent(
                      "w", EVENT, Wait.atMost(Duration.ofSeconds(1)).when(expression))));
    }
  }

  private static void invocations(Map<String, FunctionHandler<JsonEvent>> attempts) {
    attempts.put("invoke with nothing", then(step -> step.invoke("i", CHILD, null)));
    attempts.put(
        "invoke with an id in the payload",
        then(
            step -> step.invoke("i", CHILD, JsonNodeFactory.instance.objectNode().put("id", "x"))));
    attempts.put(
        "invoke with text",
        then(step -> step.invoke("i", CHILD, JsonNodeFactory.instance.textNode("x"))));
    for (String id : List.of("", " ", "x".repeat(5_000))) {
      attempts.put(
          "invoke the function " + shown(id),
          then(step -> step.invoke("i", FunctionRef.of(id, TypeRef.of(JsonNode.class)), null)));
      attempts.put(
          "invoke in the app " + shown(id), then(step -> step.invoke("i", CHILD.inApp(id), null)));
    }
  }

  private static void requests(Map<String, FunctionHandler<JsonEvent>> attempts) {
    attempts.put("fetch", then(step -> step.fetch("f", FetchRequest.get(SOMEWHERE))));
    attempts.put("post", then(step -> step.fetch("f", FetchRequest.post(SOMEWHERE, "{}"))));
    attempts.put(
        "post an object",
        then(step -> step.fetch("f", FetchRequest.postJson(SOMEWHERE, Map.of("a", 1)))));
    for (String method : List.of("", " ", "G E T", "get", "é")) {
      attempts.put(
          "fetch by " + shown(method),
          then(step -> step.fetch("f", FetchRequest.get(SOMEWHERE).withMethod(method))));
    }
    for (String url : List.of("", "/path", "mailto:a@b.c", "http:///", "file:///etc/hosts")) {
      attempts.put(
          "fetch from " + shown(url),
          then(step -> step.fetch("f", FetchRequest.get(URI.create(url)))));
    }
    attempts.put(
        "post without a body",
        then(step -> step.fetch("f", new FetchRequest("POST", SOMEWHERE, Map.of(), null))));
  }

  private static void results(Map<String, FunctionHandler<JsonEvent>> attempts) {
    attempts.put("return nothing", (event, step) -> null);
    attempts.put("return an object as text", (event, step) -> "{\"a\":1}");
    attempts.put("return a list as text", (event, step) -> "[1]");
    attempts.put("return too much", (event, step) -> "x".repeat(9 * 1024 * 1024));
    attempts.put(
        "give too much", then(step -> step.run("s", String.class, () -> "x".repeat(4_194_400))));
    attempts.put(
        "give a lot of three bytes a letter",
        then(step -> step.run("s", String.class, () -> "€".repeat(1_500_000))));
    attempts.put(
        "give an object as text", then(step -> step.run("s", String.class, () -> "{\"a\":1}")));
    attempts.put("give nothing", then(step -> step.run("s", () -> {})));
    attempts.put(
        "give a number that no double has",
        then(step -> step.run("s", Long.class, () -> Long.MAX_VALUE)));
    attempts.put(
        "give what is no number", then(step -> step.run("s", Double.class, () -> Double.NaN)));
    attempts.put(
        "give half a surrogate pair", then(step -> step.run("s", String.class, () -> "\ud800")));
  }

  private static void errors(Map<String, FunctionHandler<JsonEvent>> attempts) {
    List<Throwable> thrown =
        List.of(
            new IllegalStateException("x"),
            new IllegalStateException(),
            new NonRetriableException("x"),
            new RetryAfterException("x", Duration.ofDays(10_000)),
            new RetryAfterException("x", Duration.ZERO),
            new RetryAfterException("x", Instant.MAX),
            new RetryAfterException("x", Instant.EPOCH),
            new StackOverflowError(),
            new OutOfMemoryError("pretended"),
            new AssertionError("x"),
            new InterruptedException("x"),
            new IllegalStateException("x".repeat(9 * 1024 * 1024)),
            new Unreadable());
    for (int i = 0; i < thrown.size(); i++) {
      Throwable one = thrown.get(i);
      attempts.put(
          "throw " + i + " " + one.getClass().getSimpleName(),
          (event, step) -> {
            throw sneak(one);
          });
      attempts.put(
          "throw in a step " + i + " " + one.getClass().getSimpleName(),
          then(
              step ->
                  step.run(
                      "s",
                      () -> {
                        throw HarmlessAnswersTest.<RuntimeException>sneak(one);
                      })));
    }
  }

  private static void groups(Map<String, FunctionHandler<JsonEvent>> attempts) {
    for (int size : List.of(0, 1, 2, 998, 999, 1_000, 1_001)) {
      attempts.put(
          "a group of " + size,
          then(
              step ->
                  step.forEach(
                      IntStream.range(0, size).boxed().toList(),
                      key -> key,
                      item -> step.run("s", Integer.class, () -> item))));
    }
    attempts.put(
        "a group of everything",
        then(
            step ->
                step.parallel(
                    () -> step.run("a", Integer.class, () -> 1),
                    () -> {
                      step.sleep("b", Duration.ofSeconds(1));
                      return 2;
                    },
                    () -> step.waitForEvent("c", EVENT, Wait.atMost(Duration.ofSeconds(1))),
                    () -> step.fetch("d", FetchRequest.get(SOMEWHERE)),
                    () -> step.invoke("e", CHILD, null))));
    attempts.put(
        "a group in which a branch throws",
        then(
            step ->
                step.parallel(
                    () -> step.run("a", Integer.class, () -> 1),
                    () -> {
                      throw new IllegalStateException("x");
                    })));
    attempts.put(
        "a race",
        then(
            step ->
                step.race(
                    () -> step.run("a", Integer.class, () -> 1),
                    () -> step.run("b", Integer.class, () -> 2))));
    attempts.put(
        "two with one key",
        then(
            step ->
                step.forEach(
                    List.of(1, 1), key -> key, item -> step.run("s", Integer.class, () -> item))));
    attempts.put(
        "catch whatever there is",
        (event, step) -> {
          for (int i = 0; i < 3; i++) {
            try {
              step.run("s", Integer.class, () -> 1);
            } catch (Throwable swallowed) {
              assertThat(swallowed).isNotNull();
            }
          }
          return "caught";
        });
    attempts.put(
        "catch whatever there is, and throw",
        (event, step) -> {
          try {
            step.sleep("s", Duration.ofSeconds(1));
          } catch (Throwable swallowed) {
            throw new IllegalStateException("x", swallowed);
          }
          return "caught";
        });
  }

  /** Numbers and texts at random, in place of those that somebody thought of. */
  @Test
  void whateverIsGivenToTheApiTheAnswersAreHarmless() {
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      Duration duration =
          Duration.ofSeconds(random.nextLong() >> random.nextInt(64), random.nextInt());
      String text = text(random);
      int kind = random.nextInt(7);
      FunctionHandler<JsonEvent> code =
          then(
              step -> {
                switch (kind) {
                  case 0 -> step.sleep(text, duration);
                  case 1 -> step.sleepUntil(text, Instant.now().plus(duration));
                  case 2 -> step.waitForEvent(text, EventType.json(text), Wait.atMost(duration));
                  case 3 -> step.waitForSignal("g", Signal.of(text, String.class), duration);
                  case 4 -> step.invoke("i", CHILD, null, InvokeOptions.atMost(duration));
                  case 5 -> step.run(text, String.class, () -> text);
                  default -> step.fetch("f", FetchRequest.post(SOMEWHERE, text).withMethod(text));
                }
              });
      assertHarmless(code);
    }
  }

  private static String text(Random random) {
    int length = random.nextInt(12);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
    }
    return text.toString();
  }

  // --- how an attempt is made ---

  private interface Code {
    void run(Steps step) throws Exception;
  }

  private static FunctionHandler<JsonEvent> then(Code code) {
    return (event, step) -> {
      code.run(step);
      return null;
    };
  }

  /** The answers to a first call, to a later one, and to one that may only plan. */
  private static void assertHarmless(FunctionHandler<JsonEvent> code) {
    InngestOptions options =
        InngestOptions.builder()
            .variables(Map.of())
            .appId("app")
            .dev(true)
            .baseUrl(SOMEWHERE)
            .build();
    ServeHandler handler =
        ServeHandler.of(
            Inngest.of(options),
            FunctionRegistry.of(
                List.of(
                    FunctionDefinition.define("fn").on("test/event").handle(code),
                    FunctionDefinition.define("after")
                        .on("test/event")
                        .handle(
                            (event, step) -> {
                              step.run("first", Integer.class, () -> 1);
                              return code.handle(event, step);
                            }))));
    assertHarmless(handler, "fn", "", false);
    assertHarmless(handler, "fn", "", true);
    assertHarmless(handler, "after", MEMOISED, false);
    assertHarmless(handler, "after", MEMOISED, true);
  }

  private static void assertHarmless(
      ServeHandler handler, String function, String memos, boolean planOnly) {
    String body =
        "{\"ctx\":{\"attempt\":0,\"max_attempts\":4,\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\","
            + "\"disable_immediate_execution\":"
            + planOnly
            + "},\"event\":{\"name\":\"test/event\",\"data\":{}},\"events\":[],\"steps\":{"
            + memos
            + "},\"version\":2}";
    ServeResponse response =
        handler.handle(
            new ServeRequest(
                "POST",
                URI.create("http://localhost/api/inngest?fnId=app-" + function + "&stepId=step"),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8)));
    String answer = new String(response.body(), StandardCharsets.UTF_8);
    Optional<String> hazard =
        Hazards.of(response.status(), response.headers(), answer, !memos.isEmpty());
    assertThat(hazard)
        .as(() -> response.status() + " " + answer.substring(0, Math.min(2_000, answer.length())))
        .isEmpty();
  }

  private static String shown(String text) {
    return Recordings.JSON.valueToTree(text.substring(0, Math.min(20, text.length()))).toString();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }

  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("unreadable");
    }
  }
}
