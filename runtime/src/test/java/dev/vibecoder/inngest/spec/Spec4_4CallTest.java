package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.spec.SpecApp.Answer;
import dev.vibecoder.inngest.support.Call;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 4.4.1 and 4.4.3: how calls are answered; and the trust probe. */
class Spec4_4CallTest {
  private static Answer call(FunctionHandler<JsonEvent> code, int attempt) {
    try (SpecApp app =
        SpecApp.cloud().function(FunctionDefinition.define("fn").on("test/event").handle(code))) {
      Answer answer =
          app.signed(
              SpecApp.KEY, "POST", SpecApp.CALL, Call.first().attempt(attempt, 4).body(), Map.of());
      assertThat(app.isSigned(answer, SpecApp.KEY)).isTrue();
      return answer;
    }
  }

  @Test
  void aResultIs200WithTheValue() {
    Answer answer = call((event, step) -> Map.of("a", 1), 0);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"a\":1}");
    assertThat(call((event, step) -> null, 0).text()).isEqualTo("null");
  }

  @Test
  void anErrorIs500AndTriedAgain() {
    Answer answer =
        call(
            (event, step) -> {
              throw new IllegalStateException("why");
            },
            0);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("X-Inngest-No-Retry")).isEqualTo("false");
    assertThat(answer.json().path("name").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(answer.json().path("message").asText()).isEqualTo("why");
    assertThat(answer.json().path("stack").asText()).contains("IllegalStateException: why");
  }

  @Test
  void anErrorThatIsFinalIs400() {
    Answer answer =
        call(
            (event, step) -> {
              throw new NonRetriableException("never");
            },
            0);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("X-Inngest-No-Retry")).isEqualTo("true");
    Answer last =
        call(
            (event, step) -> {
              throw new IllegalStateException("why");
            },
            3);
    assertThat(last.status()).isEqualTo(400);
    assertThat(last.header("X-Inngest-No-Retry")).isEqualTo("true");
  }

  @Test
  void retryAfterComesWithNoRetryFalse() {
    Answer answer =
        call(
            (event, step) -> {
              throw new RetryAfterException("later", Duration.ofSeconds(90));
            },
            0);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Retry-After")).isEqualTo("90");
    assertThat(answer.header("X-Inngest-No-Retry")).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?fnId=app-other", "?fnId=fn"})
  void anUnknownFunctionIs500(String query) {
    try (SpecApp app = SpecApp.dev()) {
      Answer answer = app.send("POST", query, Call.first().body(), Map.of());
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("X-Inngest-No-Retry")).isEmpty();
    }
  }

  // --- bodies that are to be refused cheaply ---

  private static void assertRefused(String body) {
    try (SpecApp app = SpecApp.dev()) {
      Answer answer = app.send("POST", SpecApp.CALL, body);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.json().path("type").asText()).isEqualTo("internal");
      assertThat(answer.text().length()).isLessThan(1_000);
    }
  }

  private static String body(String event, String rest) {
    return "{\"ctx\":{\"run_id\":\"r\",\"attempt\":0},\"event\":" + event + rest + "}";
  }

  @Test
  void nestingWithoutEndIsRefused() {
    for (String open : new String[] {"[", "{\"a\":"}) {
      String deep = open.repeat(1_000_000);
      assertRefused(deep);
      assertRefused(body("{\"name\":\"a\",\"data\":" + deep, ""));
      assertRefused(body("{}", ",\"steps\":{\"x\":{\"data\":" + deep));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"event\":{}",
        ",\"ctx\":{\"run_id\":\"s\"}",
        ",\"steps\":{},\"steps\":{}",
        ",\"steps\":{\"x\":{\"data\":1},\"x\":{\"data\":2}}",
        ",\"steps\":{\"x\":{\"data\":1,\"data\":2}}",
        ",\"version\":2,\"version\":0"
      })
  void aKeyThatStandsTwiceIsRefused(String rest) {
    assertRefused(body("{\"name\":\"test/event\",\"data\":{}}", rest));
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"version\":1e999999999", ",\"version\":99999999999999999999"})
  void aNumberThatIsTooLargeIsRefused(String rest) {
    assertRefused(body("{\"name\":\"test/event\",\"data\":{}}", rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"test/event\",\"data\":{\"n\":1,\"n\":2}}",
        "{\"name\":\"test/event\",\"name\":\"b\",\"data\":{}}",
        "{\"name\":\"test/event\",\"data\":{\"n\":1e9999999999}}"
      })
  void anEventThatCannotBeReadIsAFinalFailure(String event) {
    try (SpecApp app = SpecApp.dev()) {
      Answer answer = app.send("POST", SpecApp.CALL, body(event, ""));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("X-Inngest-No-Retry")).isEqualTo("true");
    }
  }

  @Test
  void aHugeExponentCostsNothing() {
    try (SpecApp app = SpecApp.dev()) {
      String event = "{\"name\":\"test/event\",\"ts\":1e400000000,\"data\":{\"n\":1e400000000}}";
      assertThat(app.send("POST", SpecApp.CALL, body(event, "")).status()).isEqualTo(206);
    }
  }

  @Test
  void aNumberWithoutEndIsRefused() {
    try (SpecApp app = SpecApp.dev()) {
      String event = "{\"name\":\"test/event\",\"data\":{\"n\":" + "9".repeat(1_000_000) + "}}";
      assertThat(app.send("POST", SpecApp.CALL, body(event, "")).status()).isEqualTo(400);
    }
  }

  // --- probes ---

  @Test
  void theTrustProbeIsAnsweredToTheServerAlone() {
    try (SpecApp app = SpecApp.cloud()) {
      for (String body : new String[] {"", "{}"}) {
        Answer answer = app.signed("POST", "?probe=trust", body, Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
        assertThat(app.isSigned(answer, SpecApp.KEY)).isTrue();
      }
      assertThat(app.send("POST", "?probe=trust", "{}").status()).isEqualTo(401);
      assertThat(app.signed("POST", "?probe=x", "{}", Map.of()).status()).isEqualTo(400);
    }
  }
}
