package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.StepUsageException;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendStepTest {
  private final StubApi api = StubApi.accepting();

  @AfterEach
  void stop() {
    api.close();
  }

  private static JsonEvent event(String name) {
    return JsonEvent.of(name, Trees.parse("{\"n\":1}"));
  }

  @Test
  void eventsGetAnIdThatIsTheSameOnEveryAttempt() {
    App app =
        App.function(
            api,
            (event, step) ->
                step.send("out", List.of(event("a/b"), event("a/c").withId("own"), event("a/d"))));
    Answer answer = app.call(Call.first());
    String prefix = Call.RUN_ID + "-" + StepHash.of("out") + "-";
    JsonNode sent = api.only().json();
    assertThat(sent.findValuesAsText("id")).containsExactly(prefix + "0", "own", prefix + "2");
    assertThat(sent.findValuesAsText("name")).containsExactly("a/b", "a/c", "a/d");
    JsonNode operation = answer.operation();
    assertThat(operation.path("op").asText()).isEqualTo("StepRun");
    assertThat(operation.path("id").asText()).isEqualTo(StepHash.of("out"));
    assertThat(operation.path("name").asText()).isEqualTo("sendEvent");
    assertThat(operation.path("displayName").asText()).isEqualTo("out");
    assertThat(operation.path("opts")).isEqualTo(Trees.parse("{\"type\":\"step.sendEvent\"}"));
    assertThat(operation.path("data"))
        .isEqualTo(Trees.parse("{\"ids\":[\"id-0\",\"id-1\",\"id-2\"]}"));

    app.call(Call.first().attempt(1, 4));
    assertThat(api.requests().get(1).json()).isEqualTo(sent);
    assertThat(api.requests().get(1).header("x-inngest-event-id-seed")).isNotEmpty();
  }

  private static final Map<String, String> TRACE =
      Map.of(
          "TraceParent",
          "00-702fc26846a6b9986b16e5117543af38-b209497c2d671d3d-01",
          "tracestate",
          "inngest@fn=x");

  @Test
  void whatIsSentWithinACallBelongsToItsTrace() throws Exception {
    Inngest own = App.of(api).client();
    App app =
        App.function(
            api,
            (event, step) -> {
              step.send("out", event("a/b"));
              return step.run(
                  "body",
                  String.class,
                  () -> own.send(event("a/c")).id() + own.sendAsync(event("a/d")).get().id());
            });
    app.call("fn", Call.first(), TRACE);
    app.call("fn", Call.first().done("out", "{\"ids\":[\"x\"]}"), TRACE);
    assertThat(api.requests())
        .hasSize(3)
        .allSatisfy(
            request -> {
              assertThat(request.header("traceparent")).isEqualTo(TRACE.get("TraceParent"));
              assertThat(request.header("tracestate")).isEqualTo("inngest@fn=x");
            });
    own.send(event("a/e"));
    assertThat(api.requests().get(3).header("traceparent")).isEmpty();
  }

  @Test
  void aTraceThatIsNoHeaderIsNotPassedOn() {
    App app = App.function(api, (event, step) -> step.send("out", event("a/b")).id());
    app.call("fn", Call.first(), Map.of("traceparent", "00-1\r\nX-Evil: 1", "tracestate", "a"));
    app.call("fn", Call.first(), Map.of("traceparent", "00-1-2-01", "tracestate", "a\nb"));
    assertThat(api.requests())
        .extracting(request -> request.header("traceparent") + request.header("tracestate"))
        .containsExactly("", "00-1-2-01");
  }

  @Test
  void theMemoOfASendIsItsIds() {
    App app = App.function(api, (event, step) -> step.send("out", event("a/b")).id());
    assertThat(app.call(Call.first().done("out", "{\"ids\":[\"x\"]}")).text()).isEqualTo("\"x\"");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void withoutAnIdTheEventsNameNamesTheStep() {
    App app = App.function(api, (event, step) -> step.send(event("a/b:c>d[e]%")).id());
    JsonNode operation = app.call(Call.first()).operation();
    assertThat(operation.path("id").asText()).isEqualTo(StepHash.of("send-a/b%3Ac%3Ed%5Be%5D%25"));
  }

  @Test
  void planningSendsNothing() {
    App app = App.function(api, (event, step) -> step.send("out", event("a/b")));
    JsonNode operation = app.call(Call.first().planOnly()).operation();
    assertThat(operation.path("op").asText()).isEqualTo("StepPlanned");
    assertThat(operation.path("name").asText()).isEqualTo("sendEvent");
    assertThat(operation.path("opts").path("type").asText()).isEqualTo("step.sendEvent");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void anEventThatTheServerRefusesFailsTheStepForGood() {
    api.answer(request -> new StubApi.Reply(400, "{\"ids\":[\"\"],\"error\":\"no good\"}"));
    Answer answer =
        App.function(api, (event, step) -> step.send("out", event("a/b"))).call(Call.first());
    assertThat(answer.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(answer.operation().path("error").path("message").asText()).contains("no good");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void aReservedNameFailsTheStepForGood() {
    Answer answer =
        App.function(api, (event, step) -> step.send("out", event("inngest/x"))).call(Call.first());
    assertThat(answer.operation().path("op").asText()).isEqualTo("StepFailed");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void sendingNothingIsAStepToo() {
    App app = App.function(api, (event, step) -> step.send("out", List.<JsonEvent>of()));
    assertThat(app.call(Call.first()).operation().path("data"))
        .isEqualTo(Trees.parse("{\"ids\":[]}"));
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void theClientSendsInsideAStepButNotBetweenSteps() {
    Inngest client =
        Inngest.of(
            InngestOptions.builder()
                .variables(Map.of())
                .appId("app")
                .dev(true)
                .baseUrl(api.url())
                .build());
    Answer between =
        App.function(api, (event, step) -> client.send(event("a/b"))).call(Call.first());
    assertThat(between.status()).isEqualTo(400);
    assertThat(between.json().path("name").asText()).isEqualTo(StepUsageException.class.getName());
    assertThat(between.json().path("message").asText()).contains("\"a/b\"", "step.send");
    Answer async =
        App.function(api, (event, step) -> client.sendAsync(event("a/b")).join())
            .call(Call.first());
    assertThat(async.status()).isEqualTo(400);
    assertThat(api.requests()).isEmpty();
    Answer inside =
        App.function(
                api,
                (event, step) -> step.run("s", String.class, () -> client.send(event("a/b")).id()))
            .call(Call.first());
    assertThat(inside.operation().path("data").asText()).isEqualTo("id-0");
  }
}
