package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.AiRequest;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FetchRequest;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Section 5.3: the types of steps. */
class Spec5_3StepTypesTest {
  private static JsonNode operation(FunctionHandler<JsonEvent> code) {
    return App.function(code).call(Call.first()).operation();
  }

  private static String result(FunctionHandler<JsonEvent> code, String memo) {
    return App.function(code).call(Call.first().memo("s", memo)).text();
  }

  private static final FunctionHandler<JsonEvent> RUN =
      (event, step) -> step.run("s", String.class, () -> "done");

  @Test
  void aSingleNewStepIsRunAtOnce() {
    JsonNode operation = operation(RUN);
    assertThat(operation.path("op").asText()).isEqualTo("StepRun");
    assertThat(operation.path("data").asText()).isEqualTo("done");
  }

  @Test
  void whereThatIsNotAllowedItIsPlannedAndRunWhenItIsAskedFor() {
    App app = App.function(RUN);
    assertThat(app.call(Call.first().planOnly()).operation().path("op").asText())
        .isEqualTo("StepPlanned");
    JsonNode asked = app.call(Call.first().planOnly().target("s")).operation();
    assertThat(asked.path("op").asText()).isEqualTo("StepRun");
    assertThat(asked.path("data").asText()).isEqualTo("done");
  }

  @Test
  void aFailureIsReportedWithNameMessageAndStack() {
    JsonNode operation =
        operation(
            (event, step) -> {
              step.run(
                  "s",
                  () -> {
                    throw new IllegalStateException("no");
                  });
              return null;
            });
    assertThat(operation.path("op").asText()).isEqualTo("StepError");
    assertThat(operation.at("/error/name").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(operation.at("/error/message").asText()).isEqualTo("no");
    assertThat(operation.at("/error/stack").asText()).contains("Spec5_3StepTypesTest");
  }

  @Test
  void aStepThatIsNotFoundIsAskedForAgain() {
    Answer answer = App.function(RUN).call(Call.first().target("other"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.noRetry()).isEqualTo("false");
    assertThat(answer.json().path("requestedStep").asText()).isEqualTo(StepHash.of("other"));
  }

  @Test
  void aSleepIsRememberedAsNull() {
    FunctionHandler<JsonEvent> code =
        (event, step) -> {
          step.sleep("s", Duration.ofMinutes(90));
          return "awake";
        };
    JsonNode operation = operation(code);
    assertThat(operation.path("op").asText()).isEqualTo("Sleep");
    assertThat(operation.at("/name").asText()).isEqualTo("1h30m");
    assertThat(result(code, "null")).isEqualTo("\"awake\"");
  }

  @Test
  void aWaitForAnEventIsRememberedAsTheEventOrNull() {
    FunctionHandler<JsonEvent> code =
        (event, step) ->
            step.waitForEvent(
                    "s",
                    EventType.json("shop/paid"),
                    Wait.atMost(Duration.ofHours(1)).when("async.data.id == event.data.id"))
                .map(paid -> paid.name() + paid.data().path("n").asInt())
                .orElse("none");
    JsonNode operation = operation(code);
    assertThat(operation.path("op").asText()).isEqualTo("WaitForEvent");
    assertThat(operation.at("/opts/timeout").asText()).isEqualTo("1h");
    assertThat(operation.at("/opts/if").asText()).isEqualTo("async.data.id == event.data.id");
    assertThat(result(code, "{\"name\":\"shop/paid\",\"data\":{\"n\":4},\"id\":\"e\",\"ts\":1}"))
        .isEqualTo("\"shop/paid4\"");
    assertThat(result(code, "null")).isEqualTo("\"none\"");
  }

  @Test
  void anInvocationNamesTheFunctionByAppAndId() {
    FunctionHandler<JsonEvent> code =
        (event, step) ->
            step.invoke(
                "s",
                FunctionRef.<JsonNode, String>of("other", TypeRef.of(String.class)),
                Trees.parse("{\"n\":1}"));
    JsonNode operation = operation(code);
    assertThat(operation.path("op").asText()).isEqualTo("InvokeFunction");
    assertThat(operation.at("/opts/function_id").asText()).isEqualTo("app-other");
    assertThat(operation.at("/opts/payload")).isEqualTo(Trees.parse("{\"data\":{\"n\":1}}"));
    assertThat(result(code, "{\"data\":\"r\"}")).isEqualTo("\"r\"");
  }

  @Test
  void sentEventsAreAStepWithTheirIds() {
    try (StubApi api = StubApi.accepting()) {
      App app =
          App.function(
              api, (event, step) -> step.send("s", JsonEvent.of("a/b", Trees.parse("{}"))).ids());
      assertThat(app.call(Call.first()).operation().at("/data/ids/0").asText()).isEqualTo("id-0");
      assertThat(app.call(Call.first().done("s", "{\"ids\":[\"x\"]}")).text()).isEqualTo("[\"x\"]");
      assertThat(api.requests()).hasSize(1);
    }
  }

  @Test
  void anInferenceIsMadeByTheServer() {
    JsonNode operation =
        operation(
            (event, step) ->
                step.ai()
                    .infer("s", AiRequest.openAi("gpt-4o").apiKey("key").user("Hello"))
                    .text());
    assertThat(operation.path("op").asText()).isEqualTo("AIGateway");
    assertThat(operation.at("/opts/url").asText()).startsWith("https://");
    assertThat(operation.at("/opts/format").asText()).isEqualTo("openai-chat");
    assertThat(operation.at("/opts/body/model").asText()).isEqualTo("gpt-4o");
  }

  @Test
  void aFetchIsMadeByTheServerWithATextAsItsBody() {
    JsonNode operation =
        operation(
            (event, step) ->
                step.fetch("s", FetchRequest.get(URI.create("https://example.com/a"))).status());
    assertThat(operation.path("op").asText()).isEqualTo("Gateway");
    assertThat(operation.at("/opts/url").asText()).isEqualTo("https://example.com/a");
    assertThat(operation.at("/opts/method").asText()).isEqualTo("GET");
  }
}
