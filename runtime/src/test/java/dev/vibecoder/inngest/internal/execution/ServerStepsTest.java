package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.AiAnswer;
import dev.vibecoder.inngest.AiRequest;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FetchRequest;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.InvokeOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.Signal;
import dev.vibecoder.inngest.StepContext;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Seen;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that the server does, or ends. */
class ServerStepsTest {
  private static final EventType<JsonEvent> ANSWER = EventType.json("test/answer");
  private static final FunctionRef<Map<String, Object>, String> CHILD =
      FunctionRef.of("child", TypeRef.of(String.class));

  private static JsonNode operation(FunctionHandler<JsonEvent> code) {
    return App.function(code).call(Call.first()).operation();
  }

  private static void assertRefused(FunctionHandler<JsonEvent> code, String... parts) {
    Answer answer = App.function(code).call(Call.first());
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.noRetry()).isEqualTo("true");
    assertThat(answer.json().path("message").asText()).contains(parts);
  }

  // --- events ---

  @Test
  void waitsForAnEvent() {
    JsonNode operation =
        operation(
            (event, step) ->
                step.waitForEvent(
                    ANSWER,
                    Wait.atMost(Duration.ofMillis(90_500))
                        .match("data.order_id")
                        .when("async.data.n > 3")
                        .match("user.id")));
    assertThat(operation)
        .isEqualTo(
            Trees.parse(
                "{\"id\":\""
                    + StepHash.of("wait-test/answer")
                    + "\",\"op\":\"WaitForEvent\",\"name\":\"test/answer\",\"displayName\":"
                    + "\"wait-test/answer\",\"opts\":{\"timeout\":\"1m31s\",\"if\":"
                    + "\"((event.data.order_id == async.data.order_id) && (async.data.n > 3))"
                    + " && (event.user.id == async.user.id)\"},"
                    + "\"userland\":{\"id\":\"wait-test/answer\"},\"data\":null}"));
    assertThat(Wait.atMost(Duration.ofDays(366)).expression()).isEmpty();
    assertThat(Wait.atMost(Duration.ofDays(1)).when("a || b").expression()).contains("a || b");
  }

  @Test
  void theEventThatCameIsTyped() {
    App app =
        App.function(
            (event, step) -> {
              Optional<JsonEvent> answer =
                  step.waitForEvent("w", ANSWER, Wait.atMost(Duration.ofDays(1)));
              return answer.map(came -> came.id() + came.data()).orElse("nothing");
            });
    String event = "{\"id\":\"e\",\"name\":\"test/answer\",\"data\":{\"a\":1},\"ts\":5}";
    assertThat(app.call(Call.first().memo("w", event)).text()).isEqualTo("\"e{\\\"a\\\":1}\"");
    assertThat(app.call(Call.first().memo("w", "null")).text()).isEqualTo("\"nothing\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "data.", ".data", "data..x", "data.1x", "data[0]", "data.x == 1", "data x"})
  void whatIsNoPathIsNotMatched(String path) {
    Wait wait = Wait.atMost(Duration.ofDays(1));
    assertThatThrownBy(() -> wait.match(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void waitsThatTheServerRefusesOrForgetsAreNotMade() {
    for (Duration timeout :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(366).plusMillis(1))) {
      assertThatThrownBy(() -> Wait.atMost(timeout)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Wait.atMost(Duration.ofDays(1)).when(" "))
        .isInstanceOf(IllegalArgumentException.class);
    assertRefused(
        (event, step) -> step.waitForEvent(EventType.json("a/*"), Wait.atMost(Duration.ofDays(1))),
        "a/*");
    assertRefused((event, step) -> step.send(EventType.json("a/*"), Trees.parse("{}")), "a/*");
  }

  @Test
  void aTypedEventIsSentOnce() {
    try (StubApi api = StubApi.accepting()) {
      App app =
          App.function(api, (event, step) -> step.send(ANSWER, Trees.parse("{\"n\":1}")).id());
      assertThat(app.call(Call.first()).operation().path("id").asText())
          .isEqualTo(StepHash.of("send-test/answer"));
      assertThat(api.only().json().get(0).path("name").asText()).isEqualTo("test/answer");
      assertThat(api.only().json().get(0).path("data")).isEqualTo(Trees.parse("{\"n\":1}"));
    }
  }

  // --- signals ---

  @Test
  void waitsForASignal() {
    Signal<Integer> signal = Signal.of("go-7", Integer.class);
    App app =
        App.function(
            (event, step) ->
                step.waitForSignal("w", signal, Duration.ofSeconds(5))
                    .map(Signal.Received::data)
                    .orElse(-1));
    assertThat(app.call(Call.first()).operation())
        .isEqualTo(
            Trees.parse(
                "{\"id\":\""
                    + StepHash.of("w")
                    + "\",\"op\":\"WaitForSignal\",\"name\":\"go-7\",\"displayName\":\"w\","
                    + "\"opts\":{\"signal\":\"go-7\",\"timeout\":\"5s\",\"conflict\":\"fail\"},"
                    + "\"userland\":{\"id\":\"w\"}}"));
    assertThat(app.call(Call.first().done("w", "{\"signal\":\"go-7\",\"data\":9}")).text())
        .isEqualTo("9");
    assertThat(app.call(Call.first().memo("w", "null")).text()).isEqualTo("-1");
    Answer wrong = app.call(Call.first().done("w", "{\"signal\":\"go-7\",\"data\":\"text\"}"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("message").asText()).contains("\"w\"", "Integer");
  }

  @Test
  void aSignalMayComeWithNothing() {
    Signal<JsonNode> signal = Signal.of("go", JsonNode.class);
    App app =
        App.function(
            (event, step) ->
                step.waitForSignal("w", signal, Duration.ofSeconds(5), Signal.Conflict.REPLACE)
                    .map(received -> received.name() + received.data())
                    .orElse("over"));
    assertThat(app.call(Call.first().done("w", "{\"signal\":\"go\",\"data\":null}")).text())
        .isEqualTo("\"gonull\"");
    assertThat(app.call(Call.first()).operation().path("opts").path("conflict").asText())
        .isEqualTo("replace");
  }

  @Test
  void signalsThatWouldHangTheRunAreRefused() {
    assertThatThrownBy(() -> Signal.of(" ", String.class))
        .isInstanceOf(IllegalArgumentException.class);
    Signal<String> signal = Signal.of("s", String.class);
    for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE))) {
      assertRefused((event, step) -> step.waitForSignal("w", signal, timeout), "\"w\"");
    }
  }

  @Test
  void sendsASignalOnce() {
    Signal<Map<String, Integer>> signal = new Signal<>("go", new TypeRef<>() {});
    try (StubApi api =
        new StubApi(request -> new StubApi.Reply(200, "{\"data\":{\"run_id\":\"r1\"}}"))) {
      App app =
          App.function(
              api,
              (event, step) -> step.sendSignal("tell", signal, Map.of("n", 1)).orElse("nobody"));
      JsonNode operation = app.call(Call.first()).operation();
      assertThat(operation.path("op").asText()).isEqualTo("StepRun");
      assertThat(operation.path("name").asText()).isEqualTo("sendSignal");
      assertThat(operation.path("opts"))
          .isEqualTo(Trees.parse("{\"type\":\"step.sendSignal\",\"signal\":\"go\"}"));
      assertThat(operation.path("data")).isEqualTo(Trees.parse("{\"runId\":\"r1\"}"));
      assertThat(api.only().uri().getPath()).isEqualTo("/v1/signals");
      assertThat(api.only().json())
          .isEqualTo(Trees.parse("{\"signal\":\"go\",\"data\":{\"n\":1}}"));
      assertThat(app.call(Call.first().done("tell", "{\"runId\":\"r1\"}")).text())
          .isEqualTo("\"r1\"");
      assertThat(app.call(Call.first().done("tell", "{\"runId\":null}")).text())
          .isEqualTo("\"nobody\"");

      api.answer(request -> new StubApi.Reply(404, "{\"error\":\"No signal found\"}"));
      assertThat(app.call(Call.first()).operation().path("data").path("runId").isNull()).isTrue();
      api.answer(request -> new StubApi.Reply(500, "{\"error\":\"broken\"}"));
      JsonNode failed = app.call(Call.first()).operation();
      assertThat(failed.path("op").asText()).isEqualTo("StepError");
      assertThat(failed.path("error").path("message").asText()).contains("\"go\"", "broken");
    }
  }

  // --- invocations ---

  @Test
  void invokesAFunction() {
    assertThat(operation((event, step) -> step.invoke(CHILD, Map.of("n", 1))))
        .isEqualTo(
            Trees.parse(
                "{\"id\":\""
                    + StepHash.of("invoke-child")
                    + "\",\"op\":\"InvokeFunction\",\"displayName\":\"invoke-child\",\"opts\":"
                    + "{\"function_id\":\"app-child\",\"payload\":{\"data\":{\"n\":1}}},"
                    + "\"userland\":{\"id\":\"invoke-child\"}}"));
    InvokeOptions options =
        InvokeOptions.atMost(Duration.ofHours(2))
            .user((com.fasterxml.jackson.databind.node.ObjectNode) Trees.parse("{\"id\":1}"))
            .v("2");
    JsonNode other =
        operation((event, step) -> step.invoke("id", CHILD.inApp("billing"), null, options));
    assertThat(other.path("opts"))
        .isEqualTo(
            Trees.parse(
                "{\"function_id\":\"billing-child\",\"payload\":{\"data\":{},\"user\":{\"id\":1},"
                    + "\"v\":\"2\"},\"timeout\":\"2h\"}"));
  }

  @Test
  void theResultOfAnInvocationIsTypedAndMayBeNull() {
    App app = App.function((event, step) -> "got " + step.invoke("i", CHILD, Map.of()));
    assertThat(app.call(Call.first().done("i", "\"x\"")).text()).isEqualTo("\"got x\"");
    assertThat(app.call(Call.first().done("i", "null")).text()).isEqualTo("\"got null\"");
  }

  @Test
  void anInvocationThatFailedTellsHow() {
    App app =
        App.function(
            (event, step) -> {
              try {
                return step.invoke("i", CHILD, Map.of());
              } catch (StepFailedException e) {
                return e.name() + ": " + e.getMessage();
              }
            });
    assertThat(app.call(Call.first().failed("i", "InngestInvokeTimeoutError", "late")).text())
        .isEqualTo("\"InngestInvokeTimeoutError: late\"");
  }

  @Test
  void inputsThatTheServerCannotTakeAreRefused() {
    FunctionRef<Object, String> any = FunctionRef.of("any", TypeRef.of(String.class));
    for (Object input : List.of("text", 5, List.of(1))) {
      assertRefused((event, step) -> step.invoke(any, input), "\"any\"", "object");
    }
    assertRefused((event, step) -> step.invoke(any, Map.of("n", Double.NaN)), "\"any\"", "n");
    assertThatThrownBy(() -> InvokeOptions.atMost(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // --- fetches ---

  @Test
  void fetches() {
    FetchRequest request =
        FetchRequest.postJson(URI.create("https://example.com/a?b=c"), Map.of("n", 1))
            .withHeader("X-One", "1")
            .withHeader("x-one", "2")
            .withMethod("PUT");
    assertThat(operation((event, step) -> step.fetch(request)))
        .isEqualTo(
            Trees.parse(
                "{\"id\":\""
                    + StepHash.of("fetch")
                    + "\",\"op\":\"Gateway\",\"displayName\":\"fetch\",\"opts\":{\"url\":"
                    + "\"https://example.com/a?b=c\",\"method\":\"PUT\",\"headers\":{"
                    + "\"content-type\":\"application/json\",\"x-one\":\"2\"},"
                    + "\"body\":\"{\\\"n\\\":1}\"},\"userland\":{\"id\":\"fetch\"}}"));
    assertThat(
            operation((event, step) -> step.fetch("f", FetchRequest.get(URI.create("http://h/"))))
                .path("opts"))
        .isEqualTo(Trees.parse("{\"url\":\"http://h/\",\"method\":\"GET\",\"headers\":{}}"));
  }

  @Test
  void whatWasFetchedIsReadable() {
    App app =
        App.function(
            (event, step) -> {
              var response = step.fetch("f", FetchRequest.get(URI.create("http://h/")));
              return List.of(
                  response.status(),
                  response.ok(),
                  response.header("CONTENT-type").orElse("none"),
                  response.json(JsonNode.class).path("a").asInt(),
                  response.url());
            });
    String memo =
        "{\"body\":\"{\\\"a\\\":5}\",\"headers\":{\"Content-Type\":\"application/json\"},"
            + "\"status_code\":404,\"url\":\"http://h/x\",\"more\":1}";
    assertThat(app.call(Call.first().done("f", memo)).json())
        .isEqualTo(Trees.parse("[404,false,\"application/json\",5,\"http://h/x\"]"));
    Answer odd = app.call(Call.first().done("f", "{\"status_code\":200}"));
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.json().path("name").asText()).isEqualTo(NonRetriableException.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/relative", "ftp://h/", "mailto:a@b", "http:///path"})
  void onlyAbsoluteWebAddressesAreFetched(String url) {
    assertThatThrownBy(() -> FetchRequest.get(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void methodsAndHeadersAreChecked() {
    FetchRequest request = FetchRequest.get(URI.create("http://h/"));
    assertThatThrownBy(() -> request.withMethod("GE T"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.withHeader("a b", "c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.withHeader("a", "b\r\nc"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // --- models ---

  @Test
  void asksModelsInTheShapeOfTheirProviders() {
    AiRequest openAi =
        AiRequest.openAi("gpt").apiKey("k").system("s").user("u").assistant("a").user("v");
    assertThat(operation((event, step) -> step.ai().infer("think", openAi.maxTokens(9))))
        .isEqualTo(
            Trees.parse(
                "{\"id\":\""
                    + StepHash.of("think")
                    + "\",\"op\":\"AIGateway\",\"displayName\":\"think\",\"opts\":{"
                    + "\"type\":\"step.ai.infer\",\"url\":"
                    + "\"https://api.openai.com/v1/chat/completions\",\"headers\":{},"
                    + "\"auth_key\":\"k\",\"format\":\"openai-chat\",\"body\":{\"model\":\"gpt\","
                    + "\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\","
                    + "\"content\":\"u\"},{\"role\":\"assistant\",\"content\":\"a\"},"
                    + "{\"role\":\"user\",\"content\":\"v\"}],\"max_completion_tokens\":9}},"
                    + "\"userland\":{\"id\":\"think\"}}"));
    AiRequest anthropic =
        AiRequest.anthropic("claude").system("s").user("u").with("tools", List.of(1));
    assertThat(anthropic.options())
        .isEqualTo(
            Trees.parse(
                "{\"url\":\"https://api.anthropic.com/v1/messages\",\"headers\":{"
                    + "\"anthropic-version\":\"2023-06-01\"},\"auth_key\":\"\","
                    + "\"format\":\"anthropic\",\"body\":{\"model\":\"claude\","
                    + "\"max_tokens\":4096,\"system\":\"s\",\"messages\":[{\"role\":\"user\","
                    + "\"content\":\"u\"}],\"tools\":[1]}}"));
    AiRequest gemini =
        AiRequest.gemini("flash").system("s").user("u").assistant("a").maxTokens(5).temperature(1);
    assertThat(gemini.options().path("url").asText())
        .isEqualTo("https://generativelanguage.googleapis.com/v1beta/models/flash:generateContent");
    assertThat(Trees.parse(gemini.body().toString()))
        .isEqualTo(
            Trees.parse(
                "{\"systemInstruction\":{\"parts\":[{\"text\":\"s\"}]},\"contents\":["
                    + "{\"role\":\"user\",\"parts\":[{\"text\":\"u\"}]},{\"role\":\"model\","
                    + "\"parts\":[{\"text\":\"a\"}]}],\"generationConfig\":{"
                    + "\"maxOutputTokens\":5,\"temperature\":1.0}}"));
    assertThat(openAi.toString()).doesNotContain("\"k\"").doesNotContain("k]");
  }

  @Test
  void requestsToModelsAreImmutable() {
    AiRequest request = AiRequest.openAi("gpt").user("one");
    JsonNode before = request.body();
    request.user("two").system("three").temperature(1).with("x", 1).header("a", "b").maxTokens(1);
    assertThat(request.body()).isEqualTo(before);
    assertThat(request.options().path("headers")).isEmpty();
  }

  @Test
  void answersOfModelsAreTextOrTyped() {
    for (String answer :
        List.of(
            "{\"choices\":[{\"message\":{\"content\":\"{\\\"a\\\":1}\"}}]}",
            "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"a\\\":1}\"}]}}]}",
            "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"a\\\":\"},{\"text\":\"1}\"}]}",
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"```json\\n{\\\"a\\\":1}\\n```\"}]}}]}")) {
      App app =
          App.function(
              (event, step) ->
                  step.ai().infer("think", AiRequest.openAi("gpt"), JsonNode.class).path("a"));
      assertThat(app.call(Call.first().done("think", answer)).text()).as(answer).isEqualTo("1");
    }
    assertThat(new AiAnswer(Trees.parse("{\"choices\":[{\"message\":{}}]}")).text()).isEmpty();
    App wrong =
        App.function((event, step) -> step.ai().infer("t", AiRequest.openAi("gpt"), Integer.class));
    assertThat(wrong.call(Call.first().done("t", "{\"content\":[{\"text\":\"no\"}]}")).status())
        .isEqualTo(400);
  }

  @Test
  void whatAPersonChangedOfARequestToAModelIsSent() {
    App app =
        App.function(
            (event, step) ->
                step.ai().infer("think", AiRequest.openAi("gpt").user("u").temperature(1)));
    JsonNode body =
        app.call(Call.first().memo("think", "{\"input\":[{\"body\":{\"model\":\"other\"}}]}"))
            .operation()
            .path("opts")
            .path("body");
    assertThat(body.path("model").asText()).isEqualTo("other");
    assertThat(body.path("temperature").asInt()).isEqualTo(1);
  }

  @Test
  void wrapsAModelsOwnLibrary() {
    JsonNode operation =
        operation((event, step) -> step.ai().wrap("think", String.class, () -> "thought"));
    assertThat(operation.path("op").asText()).isEqualTo("StepRun");
    assertThat(operation.path("name").asText()).isEqualTo("think");
    assertThat(operation.path("opts")).isEqualTo(Trees.parse("{\"type\":\"step.ai.wrap\"}"));
    assertThat(operation.path("data").asText()).isEqualTo("thought");
  }

  // --- input given by a person ---

  @Test
  void aStepSeesWhatAPersonGaveIt() {
    Seen<List<JsonNode>> seen = new Seen<>();
    App app =
        App.function(
            (event, step) -> {
              step.run("s", () -> seen.set(StepContext.current().input()));
              return null;
            });
    app.call(Call.first().memo("s", "{\"input\":[1,{\"a\":2}]}"));
    assertThat(seen.get()).isEqualTo(List.of(Trees.parse("1"), Trees.parse("{\"a\":2}")));
    app.call(Call.first());
    assertThat(seen.get()).isEmpty();
  }

  @Test
  void stepsThatTheServerDoesAreNotCalledInsideSteps() {
    JsonNode operation =
        operation(
            (event, step) -> {
              step.run("outer", () -> step.invoke(CHILD, null));
              return null;
            });
    assertThat(operation.path("op").asText()).isEqualTo("StepFailed");
    assertThat(operation.path("error").path("name").asText())
        .isEqualTo(StepUsageException.class.getName());
  }

  @Test
  void aSleepUntilATimeWithinAMillisecondDoesNotEndBefore() {
    JsonNode operation =
        operation(
            (event, step) -> {
              step.sleepUntil(Instant.parse("2026-01-02T03:04:10.000999Z"));
              return null;
            });
    assertThat(operation.path("name").asText()).isEqualTo("2026-01-02T03:04:10.501Z");
  }
}
