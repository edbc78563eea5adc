package dev.vibecoder.inngest.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Recorder;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MiddlewareSendTest {
  private final StubApi api = StubApi.accepting();
  private final List<String> log = Recorder.log();

  @AfterEach
  void stop() {
    api.close();
  }

  private static JsonEvent event(String name) {
    return JsonEvent.of(name, Trees.parse("{\"n\":1}"));
  }

  @Test
  void aSendOutsideFunctionsHasTheClientsMiddleware() throws Exception {
    App app = App.with(List.of(new Recorder("A", log), new Recorder("B", log)), api);
    log.clear();
    assertThat(app.client().send(List.of(event("a/b"), event("a/c"))).ids()).hasSize(2);
    List<String> once =
        List.of(
            "A transformSend -",
            "B transformSend -",
            "A wrapSend(",
            "B wrapSend(",
            "B )wrapSend",
            "A )wrapSend");
    assertThat(log).isEqualTo(once);
    log.clear();
    assertThat(app.client().sendAsync(event("a/d")).get().ids()).hasSize(1);
    assertThat(log).isEqualTo(once);
  }

  @Test
  void aSendOfAFunctionHasTheFunctionsToo() {
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .middleware(new Recorder("F", log))
            .handle((event, step) -> step.send("out", event("a/b")).id());
    App app = App.with(List.of(new Recorder("C", log)), api, function);
    log.clear();
    app.call(Call.first());
    assertThat(log)
        .containsSubsequence(
            "F wrapStep out(",
            "C transformSend fn",
            "F transformSend fn",
            "C wrapSend(",
            "F wrapSend(",
            "F )wrapSend",
            "C )wrapSend",
            "F )wrapStep out");
    log.clear();
    app.call(Call.first().done("out", "{\"ids\":[\"x\"]}"));
    assertThat(log).noneMatch(line -> line.contains("Send"));
  }

  @Test
  void aClientWithinABodyHasTheMiddlewareOfTheFunction() {
    App outer = App.with(List.of(), api);
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .middleware(new Recorder("F", log))
            .handle(
                (event, step) ->
                    step.run("one", String.class, () -> outer.client().send(event("a/b")).id()));
    App.of(api, function).call(Call.first());
    assertThat(log).contains("F transformSend fn", "F wrapSend(");
  }

  @Test
  void whatIsSentIsWhatTheMiddlewareMade() {
    Middleware stamps =
        new Middleware() {
          @Override
          public List<EventEnvelope> transformSend(SendContext send, List<EventEnvelope> events) {
            List<EventEnvelope> changed = new ArrayList<>();
            for (EventEnvelope event : events) {
              ObjectNode data = Trees.object("{}");
              data.set("was", event.data());
              changed.add(event.withData(data.put("app", send.appId())));
            }
            return changed;
          }
        };
    App.with(List.of(stamps), api).client().send(event("a/b").withId("own"));
    assertThat(api.only().json().get(0).path("data"))
        .isEqualTo(Trees.parse("{\"was\":{\"n\":1},\"app\":\"app\"}"));
    assertThat(api.only().json().get(0).path("id").asText()).isEqualTo("own");
  }

  @Test
  void nothingToSendIsNothingToWrap() {
    App app = App.with(List.of(new Recorder("A", log)), api);
    log.clear();
    assertThat(app.client().send(List.of()).ids()).isEmpty();
    assertThat(log).isEmpty();
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void aHookCanHandleAFailedSend() throws Exception {
    List<Throwable> failures = new ArrayList<>();
    Middleware keeps =
        new Middleware() {
          @Override
          public CompletableFuture<SendResult> wrapSend(
              SendContext send,
              List<EventEnvelope> events,
              Next<CompletableFuture<SendResult>> next)
              throws Exception {
            return next.proceed()
                .handle(
                    (sent, failure) -> {
                      failures.add(failure);
                      return new SendResult(List.of("kept"));
                    });
          }
        };
    try (StubApi refusing =
        new StubApi(request -> new StubApi.Reply(400, "{\"error\":\"no\",\"status\":400}"))) {
      App app = App.with(List.of(keeps), refusing);
      assertThat(app.client().send(event("a/b")).id()).isEqualTo("kept");
      assertThat(app.client().sendAsync(event("a/b")).get().id()).isEqualTo("kept");
    }
    assertThat(failures).hasSize(2).doesNotContainNull();
  }

  @Test
  void aFailedSendIsThrownAsWithoutMiddleware() {
    try (StubApi refusing =
        new StubApi(request -> new StubApi.Reply(400, "{\"error\":\"no\",\"status\":400}"))) {
      App plain = App.with(List.of(), refusing);
      App wrapped = App.with(List.of(new Recorder("A", log)), refusing);
      InngestException expected = failure(plain);
      InngestException actual = failure(wrapped);
      assertThat(actual.getClass()).isEqualTo(expected.getClass());
      assertThat(actual).hasMessage(expected.getMessage());
    }
  }

  private static InngestException failure(App app) {
    try {
      app.client().send(event("a/b"));
    } catch (InngestException e) {
      return e;
    }
    throw new AssertionError("Was sent");
  }

  @Test
  void aFailingHookSendsNothing() {
    Middleware fails =
        new Middleware() {
          @Override
          public String name() {
            return "shaky";
          }

          @Override
          public List<EventEnvelope> transformSend(SendContext send, List<EventEnvelope> events) {
            throw new IllegalStateException("no key");
          }
        };
    App app = App.with(List.of(fails), api);
    assertThatThrownBy(() -> app.client().send(event("a/b")))
        .isInstanceOf(MiddlewareException.class)
        .hasMessage("transformSend of the middleware \"shaky\" failed: no key");
    assertThatThrownBy(() -> app.client().sendAsync(event("a/b")).get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(MiddlewareException.class);
    assertThat(api.requests()).isEmpty();
  }
}
