package dev.vibecoder.inngest.middleware.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.Signal;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.LogLines;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptionMiddlewareTest {
  private static final EncryptionKey OLD = EncryptionKey.of("the former key");
  private static final EncryptionKey NEW = EncryptionKey.of("the present key");
  private static final EncryptionMiddleware ENCRYPTS = EncryptionMiddleware.withKey(NEW).build();

  record Card(String number, int month) {}

  private static FunctionDefinition function(FunctionHandler<JsonEvent> code) {
    return FunctionDefinition.define("fn").on("test/event").handle(code);
  }

  private static App app(Middleware middleware, FunctionHandler<JsonEvent> code) {
    return App.with(List.of(middleware), function(code));
  }

  private static String envelope(EncryptionKey key, String json) {
    String text = new SecretBox(List.of(key)).encrypt(json.getBytes(StandardCharsets.UTF_8));
    return new Envelope(SecretBox.IDENTIFIER, text).write().toString();
  }

  private static String plain(JsonNode envelope) {
    assertThat(envelope.path("__ENCRYPTED__").asBoolean()).isTrue();
    assertThat(envelope.path("__STRATEGY__").asText()).isEqualTo("inngest/libsodium");
    try {
      return new String(
          new SecretBox(List.of(NEW)).decrypt(envelope.path("data").asText()),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void resultsOfStepsAndFunctionsAreEncryptedAndReadAgain() {
    App app =
        app(
            ENCRYPTS,
            (event, step) -> {
              Card card = step.run("card", Card.class, () -> new Card("4711", 12));
              return card.number() + "/" + card.month();
            });
    JsonNode data = app.call(Call.first()).operation().path("data");
    assertThat(data.toString()).doesNotContain("4711");
    assertThat(plain(data)).isEqualTo("{\"number\":\"4711\",\"month\":12}");
    Answer end = app.call(Call.first().done("card", data.toString()));
    assertThat(plain(end.json())).isEqualTo("\"4711/12\"");
  }

  @Test
  void nothingIsNotEncrypted() {
    App app =
        app(
            ENCRYPTS,
            (event, step) -> {
              step.run("none", () -> {});
              return null;
            });
    assertThat(app.call(Call.first()).operation().path("data").isNull()).isTrue();
    assertThat(app.call(Call.first().done("none", "null")).text()).isEqualTo("null");
  }

  @Test
  void oneFieldOfSentEventsIsEncrypted() {
    try (StubApi api = StubApi.accepting()) {
      JsonNode data = Trees.parse("{\"encrypted\":{\"pin\":1},\"open\":{\"n\":2}}");
      App app =
          App.with(
              List.of(ENCRYPTS),
              api,
              function((event, step) -> step.send("out", JsonEvent.of("a/b", data)).ids()));
      app.client().send(JsonEvent.of("a/b", data));
      app.call(Call.first());
      for (StubApi.Request request : api.requests()) {
        JsonNode sent = request.json().get(0).path("data");
        assertThat(plain(sent.path("encrypted"))).isEqualTo("{\"pin\":1}");
        assertThat(sent.path("open")).isEqualTo(Trees.parse("{\"n\":2}"));
      }
      assertThat(api.requests()).hasSize(2);
      assertThat(data.path("encrypted")).isEqualTo(Trees.parse("{\"pin\":1}"));
    }
  }

  @Test
  void otherFieldsCanBeChosen() {
    try (StubApi api = StubApi.accepting()) {
      App app =
          App.with(
              List.of(EncryptionMiddleware.withKey(NEW).eventFields("a", "b", "missing").build()),
              api);
      app.client()
          .send(JsonEvent.of("x/y", Trees.parse("{\"a\":1,\"b\":null,\"encrypted\":\"open\"}")));
      JsonNode sent = api.only().json().get(0).path("data");
      assertThat(plain(sent.path("a"))).isEqualTo("1");
      assertThat(sent.path("b").isNull()).isTrue();
      assertThat(sent.path("encrypted").asText()).isEqualTo("open");
      assertThat(sent).hasSize(3);
    }
  }

  @Test
  void everyEncryptedFieldOfAReceivedEventIsRead() {
    App app =
        app(
            EncryptionMiddleware.withKey(NEW).fallbackKeys(OLD).decryptOnly().build(),
            (event, step) -> event.data());
    String data =
        "{\"a\":" + envelope(OLD, "[1]") + ",\"b\":" + envelope(NEW, "\"x\"") + ",\"c\":3}";
    assertThat(
            app.call(Call.first().event("{\"name\":\"test/event\",\"data\":" + data + "}")).json())
        .isEqualTo(Trees.parse("{\"a\":[1],\"b\":\"x\",\"c\":3}"));
  }

  @Test
  void aPayloadThatIsEncryptedAsAWholeIsRead() {
    ObjectNode data = Trees.object(envelope(NEW, "{\"a\":1}"));
    data.set("_inngest", Trees.parse("{\"fn_id\":\"x\"}"));
    App app = app(EncryptionMiddleware.withKey(NEW).decryptOnly().build(), (e, s) -> e.data());
    assertThat(
            app.call(Call.first().event("{\"name\":\"test/event\",\"data\":" + data + "}")).json())
        .isEqualTo(Trees.parse("{\"_inngest\":{\"fn_id\":\"x\"},\"a\":1}"));
  }

  @Test
  void theInputOfAnInvokedFunctionIsEncryptedLikeAnEvent() {
    App app =
        app(
            ENCRYPTS,
            (event, step) ->
                step.invoke(
                    "call",
                    FunctionRef.<ObjectNode, String>of("other", TypeRef.of(String.class)),
                    Trees.object("{\"encrypted\":7,\"open\":8}")));
    JsonNode data = app.call(Call.first()).operation().path("opts").path("payload").path("data");
    assertThat(plain(data.path("encrypted"))).isEqualTo("7");
    assertThat(data.path("open").asInt()).isEqualTo(8);
    Answer end = app.call(Call.first().done("call", envelope(NEW, "\"result\"")));
    assertThat(plain(end.json())).isEqualTo("\"result\"");
  }

  @Test
  void eventsAndSignalsThatWereWaitedForAreRead() {
    App app =
        app(
            EncryptionMiddleware.withKey(NEW).decryptOnly().build(),
            (event, step) -> {
              JsonEvent answer =
                  step.waitForEvent(
                          "answer", EventType.json("a/b"), Wait.atMost(Duration.ofDays(1)))
                      .orElseThrow();
              return answer.data().path("encrypted").asText()
                  + step.waitForSignal("signal", Signal.of("s", String.class), Duration.ofDays(1))
                      .orElseThrow()
                      .data();
            });
    Answer answer =
        app.call(
            Call.first()
                .memo(
                    "answer",
                    "{\"name\":\"a/b\",\"id\":\"e\",\"ts\":1,\"data\":{\"encrypted\":"
                        + envelope(NEW, "\"yes\"")
                        + "}}")
                .done(
                    "signal", "{\"signal\":\"s\",\"data\":" + envelope(NEW, "\" and go\"") + "}"));
    assertThat(answer.text()).isEqualTo("\"yes and go\"");
  }

  @Test
  void handlersOfFailuresReadTheEventThatBeganTheRun() {
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .onFailure((failure, step) -> failure.event().data().path("encrypted").asText())
            .handle((event, step) -> null);
    App app = App.with(List.of(EncryptionMiddleware.withKey(NEW).decryptOnly().build()), function);
    String event =
        "{\"name\":\"test/event\",\"id\":\"e\",\"ts\":1,\"data\":{\"encrypted\":"
            + envelope(NEW, "\"secret\"")
            + "}}";
    String failed =
        "{\"name\":\"inngest/function.failed\",\"id\":\"f\",\"ts\":1,\"data\":{\"error\":{"
            + "\"name\":\"E\",\"message\":\"no\"},\"function_id\":\"app-fn\",\"run_id\":\"r\","
            + "\"event\":"
            + event
            + ",\"events\":["
            + event
            + "]}}";
    assertThat(app.call("fn-failure", Call.first().event(failed)).text()).isEqualTo("\"secret\"");
  }

  @Test
  void keysAreRotatedWithAFallback() {
    FunctionHandler<JsonEvent> code = (event, step) -> step.run("one", String.class, () -> "x");
    Call old = Call.first().done("one", envelope(OLD, "\"y\""));
    App rotated = app(EncryptionMiddleware.withKey(NEW).fallbackKeys(OLD).build(), code);
    assertThat(plain(rotated.call(old).json())).isEqualTo("\"y\"");
    assertThat(plain(rotated.call(Call.first()).operation().path("data"))).isEqualTo("\"x\"");

    Answer unreadable = app(ENCRYPTS, code).call(old);
    assertThat(unreadable.status()).isEqualTo(500);
    assertThat(unreadable.json().path("message").asText())
        .contains("transformMemo")
        .contains("none of the 1 keys fits")
        .contains("fallback key")
        .doesNotContain("present key");
  }

  @Test
  void aValueOfAnUnknownStrategyIsRefusedByName() {
    App app = app(ENCRYPTS, (event, step) -> step.run("one", String.class, () -> "x"));
    assertThat(
            app.call(Call.first().done("one", new Envelope("their/own", "abc").write().toString()))
                .json()
                .path("message")
                .asText())
        .contains("\"their/own\"")
        .contains("\"inngest/libsodium\"");
  }

  @Test
  void whatIsNoEnvelopeIsLeftAsItIs() {
    for (String value :
        List.of(
            "{\"__ENCRYPTED__\":\"true\",\"data\":\"x\"}",
            "{\"__ENCRYPTED__\":true,\"data\":1}",
            "{\"__ENCRYPTED__\":true,\"__STRATEGY__\":1,\"data\":\"x\"}",
            "[1]",
            "\"text\"")) {
      App app =
          app(
              EncryptionMiddleware.withKey(NEW).decryptOnly().build(),
              (event, step) -> step.run("one", JsonNode.class, () -> Trees.parse("1")));
      assertThat(app.call(Call.first().done("one", value)).json()).isEqualTo(Trees.parse(value));
    }
  }

  @Test
  void addedTwiceItEncryptsTwiceReadsTwiceAndSaysSo() {
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .middleware(EncryptionMiddleware.withKey(OLD).build())
            .handle((event, step) -> step.run("one", String.class, () -> "x"));
    App app = App.with(List.of(EncryptionMiddleware.withKey(NEW).build()), function);
    JsonNode data;
    String text;
    try (LogLines lines = new LogLines()) {
      data = app.call(Call.first()).operation().path("data");
      text = lines.text();
    }
    assertThat(text).contains("looks encrypted already");
    assertThat(Trees.parse(plain(data)).path("__ENCRYPTED__").asBoolean()).isTrue();
    assertThat(app.call(Call.first().done("one", data.toString())).status()).isEqualTo(200);
  }

  @Test
  void noKeyIsPrinted() {
    assertThat(ENCRYPTS).hasToString("EncryptionMiddleware[inngest/libsodium, [encrypted]]");
  }
}
