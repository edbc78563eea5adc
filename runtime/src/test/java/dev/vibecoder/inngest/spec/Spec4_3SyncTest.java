package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.spec.SpecApp.Answer;
import dev.vibecoder.inngest.support.StubApi.Reply;
import dev.vibecoder.inngest.support.Trees;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4.3: how an app is registered, out-of-band and in-band. */
class Spec4_3SyncTest {
  private static final String BODY = "{\"url\":\"http://localhost:3001/api/inngest\"}";
  private static final Map<String, String> IN_BAND = Map.of("X-Inngest-Sync-Kind", "in_band");

  // --- out-of-band ---

  @Test
  void aPutHasTheAppRegisterItself() {
    try (SpecApp app = SpecApp.dev().with("INNGEST_APP_VERSION", "1.2.3")) {
      Answer answer = app.send("PUT", "", "");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json())
          .isEqualTo(Trees.parse("{\"message\":\"Successfully registered\",\"modified\":true}"));
      assertThat(answer.header("X-Inngest-Sync-Kind")).isEqualTo("out_of_band");
      assertThat(app.api.only().method()).isEqualTo("POST");
      assertThat(app.api.only().uri().toString()).isEqualTo("/fn/register");
      assertThat(app.api.only().header("X-Inngest-Sync-Kind")).isEqualTo("out_of_band");
      JsonNode sync = app.api.only().json();
      assertThat(sync.path("url").asText()).isEqualTo(SpecApp.URL);
      assertThat(sync.path("deployType").asText()).isEqualTo("ping");
      assertThat(sync.path("appName").asText()).isEqualTo("app");
      assertThat(sync.path("sdk").asText()).startsWith("java:v");
      assertThat(sync.path("v").asText()).isEqualTo("0.1");
      assertThat(sync.path("framework").asText()).isEqualTo("test");
      assertThat(sync.path("appVersion").asText()).isEqualTo("1.2.3");
      assertThat(sync.path("capabilities"))
          .isEqualTo(Trees.parse("{\"trust_probe\":\"v1\",\"in_band_sync\":\"v1\"}"));
      assertThat(sync.path("functions")).hasSize(1);
    }
  }

  @Test
  void theDeployIdIsPassedOnAndNoPartOfTheAppsUrl() {
    try (SpecApp app = SpecApp.dev()) {
      app.send("PUT", "?x=1&deployId=d%2F1&probe=trust&secret=a%20b", "");
      assertThat(app.api.only().uri().toString()).isEqualTo("/fn/register?deployId=d%2F1");
      JsonNode sync = app.api.only().json();
      assertThat(sync.path("url").asText()).isEqualTo(SpecApp.URL + "?x=1&secret=a%20b");
      assertThat(sync.at("/functions/0/steps/step/runtime/url").asText())
          .isEqualTo(SpecApp.URL + "?x=1&secret=a%20b&fnId=app-fn&stepId=step");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "cloud"})
  void theKindOfTheServerIsSentBackAsTheOneExpected(String kind) {
    try (SpecApp app = SpecApp.dev()) {
      Answer answer = app.send("PUT", "", new byte[0], Map.of("x-inngest-server-kind", kind));
      assertThat(app.api.only().header("X-Inngest-Expected-Server-Kind")).isEqualTo(kind);
      assertThat(answer.header("X-Inngest-Expected-Server-Kind")).isEqualTo(kind);
    }
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "404", "500", "503"})
  void whatTheServerRefusesIsTold(int status) {
    try (SpecApp app = SpecApp.dev()) {
      app.api.answer(request -> new Reply(status, "{\"error\":\"not so\"}"));
      Answer answer = app.send("PUT", "", "");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.json().path("message").asText()).contains("not so");
      assertThat(answer.json().path("modified")).isEqualTo(Trees.parse("false"));
    }
  }

  @Test
  void anErrorIsAFailureWhateverTheStatus() {
    try (SpecApp app = SpecApp.dev()) {
      app.api.answer(request -> new Reply(200, "{\"ok\":false,\"error\":\"not so\"}"));
      Answer answer = app.send("PUT", "", "");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.json().path("message").asText()).contains("not so");
    }
  }

  @Test
  void modifiedIsFalseWhereTheServerDoesNotSay() {
    try (SpecApp app = SpecApp.dev()) {
      app.api.answer(request -> new Reply(200, "{\"ok\":true}"));
      Answer answer = app.send("PUT", "", "");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("modified")).isEqualTo(Trees.parse("false"));
    }
  }

  // --- in-band ---

  @Test
  void inBandTheRegistrationIsTheAnswer() {
    try (SpecApp app =
        SpecApp.cloud()
            .with("INNGEST_APP_VERSION", "1.2.3")
            .with("RENDER", "true")
            .with("INNGEST_ENV", "branch")) {
      Answer answer =
          app.signed(
              "PUT",
              "",
              BODY,
              Map.of("x-inngest-sync-kind", "in_band", "x-inngest-server-kind", "cloud"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("X-Inngest-Sync-Kind")).isEqualTo("in_band");
      assertThat(answer.header("X-Inngest-Expected-Server-Kind")).isEqualTo("cloud");
      assertThat(app.isSigned(answer, SpecApp.KEY)).isTrue();
      JsonNode body = answer.json();
      assertThat(body.path("app_id").asText()).isEqualTo("app");
      assertThat(body.path("appVersion").asText()).isEqualTo("1.2.3");
      assertThat(body.path("env").asText()).isEqualTo("branch");
      assertThat(body.path("framework").asText()).isEqualTo("test");
      assertThat(body.path("platform").asText()).isEqualTo("render");
      assertThat(body.path("sdk_author").asText()).isEqualTo("inngest");
      assertThat(body.path("sdk_language").asText()).isEqualTo("java");
      assertThat(body.path("sdk").asText()).isEqualTo("java:v" + body.path("sdk_version").asText());
      assertThat(body.path("url").asText()).isEqualTo(SpecApp.URL);
      assertThat(body.at("/capabilities/in_band_sync").asText()).isEqualTo("v1");
      assertThat(body.at("/inspection/authentication_succeeded").asBoolean()).isTrue();
      assertThat(body.at("/functions/0/id").asText()).isEqualTo("app-fn");
      assertThat(body.at("/functions/0/steps/step/runtime/url").asText())
          .isEqualTo(SpecApp.URL + "?fnId=app-fn&stepId=step");
      assertThat(app.api.requests()).isEmpty();
    }
  }

  @Test
  void inBandTheFunctionsAreThoseOfAnOutOfBandSync() {
    try (SpecApp app = SpecApp.dev()) {
      JsonNode inBand = app.send("PUT", "", SpecApp.bytes(BODY), IN_BAND).json();
      app.send("PUT", "", BODY);
      assertThat(inBand.path("functions")).isEqualTo(app.api.only().json().path("functions"));
      assertThat(inBand.path("env")).isEqualTo(Trees.parse("null"));
      assertThat(inBand.has("platform")).isFalse();
      assertThat(inBand.has("appVersion")).isFalse();
      assertThat(inBand.path("inspection").has("app_id")).isFalse();
    }
  }

  @Test
  void inBandTheUrlIsThatOfTheBodyWithOriginAndPathThatAreSet() {
    String body = "{\"url\":\"https://proxy.example/in/inngest?x=1&deployId=2\",\"more\":{}}";
    try (SpecApp app = SpecApp.dev()) {
      assertThat(app.send("PUT", "", SpecApp.bytes(body), IN_BAND).json().path("url").asText())
          .isEqualTo("https://proxy.example/in/inngest?x=1");
    }
    try (SpecApp app =
        SpecApp.dev()
            .with("INNGEST_SERVE_ORIGIN", "https://app.example.com")
            .with("INNGEST_SERVE_PATH", "/hook")) {
      assertThat(app.send("PUT", "", SpecApp.bytes(body), IN_BAND).json().path("url").asText())
          .isEqualTo("https://app.example.com/hook?x=1");
    }
  }

  @Test
  void inBandNothingIsToldToStrangers() {
    try (SpecApp app = SpecApp.cloud().with("INNGEST_SERVE_ORIGIN", "https://app.example.com")) {
      for (Map<String, String> headers :
          List.of(
              IN_BAND,
              Map.of("X-Inngest-Sync-Kind", "in_band", "X-Inngest-Signature", "t=1&s=00"))) {
        Answer answer = app.send("PUT", "", SpecApp.bytes(BODY), headers);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(answer.header("X-Inngest-Sdk")).isEmpty();
      }
      assertThat(app.api.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"url\":5}",
        "{\"url\":\"\"}",
        "{\"url\":\"/api/inngest\"}",
        "{\"url\":\"ftp://a/b\"}",
        "{\"url\":\"http://a b\"}",
        "[]",
        "nonsense"
      })
  void inBandABodyWithoutUrlIsRefused(String body) {
    try (SpecApp app = SpecApp.cloud()) {
      Answer answer = app.signed("PUT", "", body, IN_BAND);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("code").asText()).isEqualTo("invalid_request");
      assertThat(app.isSigned(answer, SpecApp.KEY)).isTrue();
    }
  }

  @Test
  void inBandAMissingBodyIsAnError() {
    try (SpecApp app = SpecApp.cloud()) {
      assertThat(app.signed("PUT", "", "", IN_BAND).status()).isEqualTo(500);
    }
  }

  @Test
  void inBandCanBeSwitchedOff() {
    try (SpecApp app = SpecApp.cloud().with("INNGEST_ALLOW_IN_BAND_SYNC", "false")) {
      Answer answer = app.signed("PUT", "", BODY, IN_BAND);
      assertThat(answer.header("X-Inngest-Sync-Kind")).isEqualTo("out_of_band");
      assertThat(app.api.only().json().path("capabilities"))
          .isEqualTo(Trees.parse("{\"trust_probe\":\"v1\"}"));
    }
  }
}
