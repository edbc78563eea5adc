package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.spec.SpecApp.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4.5: what an app tells of itself, and to whom. */
class Spec4_5IntrospectionTest {
  private static final String HASH_OF_KEY = "4884fdaafea4";
  private static final String HASH_OF_FALLBACK = "8d2e4d6374b6";

  @Test
  void inDevModeEverybodyIsToldLittle() {
    try (SpecApp app = SpecApp.dev()) {
      JsonNode body = app.send("GET", "", "").json();
      assertThat(body.fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(
              "schema_version",
              "authentication_succeeded",
              "function_count",
              "has_event_key",
              "has_signing_key",
              "has_signing_key_fallback",
              "mode",
              "extra");
      assertThat(body.path("schema_version").asText()).isEqualTo("2024-05-24");
      assertThat(body.path("authentication_succeeded").isNull()).isTrue();
      assertThat(body.path("function_count").asInt()).isEqualTo(1);
      assertThat(body.path("mode").asText()).isEqualTo("dev");
    }
  }

  @Test
  void inCloudModeTheServerIsToldAll() {
    try (SpecApp app =
        SpecApp.cloud()
            .with("INNGEST_EVENT_KEY", "evt-key-1")
            .with("INNGEST_ENV", "branch")
            .with("INNGEST_SERVE_ORIGIN", "https://app.example.com")
            .with("INNGEST_SERVE_PATH", "/hook")
            .with("INNGEST_STREAMING", "true")) {
      Answer answer = app.signed("GET", "", "", Map.of());
      assertThat(app.isSigned(answer, SpecApp.KEY)).isTrue();
      JsonNode body = answer.json();
      assertThat(body.path("authentication_succeeded").asBoolean()).isTrue();
      assertThat(body.path("mode").asText()).isEqualTo("cloud");
      assertThat(body.path("has_event_key").asBoolean()).isTrue();
      assertThat(body.path("has_signing_key").asBoolean()).isTrue();
      assertThat(body.path("has_signing_key_fallback").asBoolean()).isTrue();
      assertThat(body.path("api_origin").asText()).isEqualTo(app.api.url().toString());
      assertThat(body.path("event_api_origin").asText()).isEqualTo(app.api.url().toString());
      assertThat(body.path("app_id").asText()).isEqualTo("app");
      assertThat(body.path("env").asText()).isEqualTo("branch");
      assertThat(body.path("framework").asText()).isEqualTo("test");
      assertThat(body.path("sdk_language").asText()).isEqualTo("java");
      assertThat(body.path("serve_origin").asText()).isEqualTo("https://app.example.com");
      assertThat(body.path("serve_path").asText()).isEqualTo("/hook");
      assertThat(body.at("/capabilities/trust_probe").asText()).isEqualTo("v1");
      assertThat(body.at("/capabilities/in_band_sync").asText()).isEqualTo("v1");
      // What serves this app cannot begin an answer before it is there.
      assertThat(body.at("/extra/is_streaming").isBoolean()).isTrue();
      assertThat(body.at("/extra/is_streaming").asBoolean()).isFalse();
      assertThat(body.path("event_key_hash").asText())
          .isEqualTo("0e7668d7968161f5ce7c557b5f20e3c8e1381ebf95eab2cfd3af7e8ce7b53ed5");
      assertThat(body.path("signing_key_hash").asText()).isEqualTo(HASH_OF_KEY);
      assertThat(body.path("signing_key_fallback_hash").asText()).isEqualTo(HASH_OF_FALLBACK);
      assertThat(answer.text()).doesNotContain("0123456789abcdef", "fedcba98", "evt-key-1");
    }
  }

  @Test
  void whatIsNotSetIsNull() {
    try (SpecApp app = SpecApp.cloud()) {
      JsonNode body = app.signed("GET", "", "", Map.of()).json();
      for (String key : new String[] {"env", "event_key_hash", "serve_origin", "serve_path"}) {
        assertThat(body.path(key).isNull()).as(key).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zzz", "t=1&s=00"})
  void inCloudModeStrangersAreToldNothing(String signature) {
    try (SpecApp app = SpecApp.cloud()) {
      Answer answer =
          app.send(
              "GET",
              "",
              new byte[0],
              Map.of("X-Inngest-Signature", signature, "X-Inngest-Server-Kind", "dev"));
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text()).isEqualTo("{\"message\":\"Unauthorized\"}");
      assertThat(answer.response().headers())
          .containsOnlyKeys("Content-Type", "X-Inngest-Sdk-Handled");
    }
  }

  @Test
  void noKeyIsEverPrinted() {
    try (SpecApp app = SpecApp.cloud().with("INNGEST_EVENT_KEY", "evt-key-1")) {
      assertThat(app.options().toString() + app.options().signingKeys())
          .doesNotContain("0123456789abcdef", "fedcba98", "evt-key-1");
    }
  }
}
