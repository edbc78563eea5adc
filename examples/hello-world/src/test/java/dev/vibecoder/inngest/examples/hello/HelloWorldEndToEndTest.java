package dev.vibecoder.inngest.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HelloWorldEndToEndTest {
  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = new Stage();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  private static List<String> stepNames(JsonNode run) {
    List<String> names = new ArrayList<>();
    run.path("steps").forEach(step -> names.add(step.path("name").asText()));
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENGLISH | Guru | Hello, Guru! 🕉️",
        "RUSSIAN | Гуру | Привет, Гуру! 🕉️",
        "SPANISH | Guru | ¡Hola, Guru! 🕉️",
        "FRENCH | Guru | Bonjour, Guru ! 🕉️"
      })
  void greetsInEveryLanguageInThreeSteps(Language language, String name, String message) {
    Instant timestamp = Instant.parse("2024-01-01T00:00:00.000Z");

    String event =
        InngestEvents.sendHelloWorldEvent(new HelloWorldData(name, language, timestamp)).id();

    JsonNode run = stage.runOf(event);
    assertThat(run.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(stepNames(run)).containsExactly("log-received", "greeting", "result");
    JsonNode output = run.path("output");
    assertThat(output.path("message").asText()).isEqualTo(message);
    assertThat(Instant.parse(output.path("processedAt").asText())).isAfter(timestamp);
    assertThat(Instant.parse(output.path("eventData").path("timestamp").asText()))
        .isEqualTo(timestamp);
    assertThat(output.path("eventData").path("name").asText()).isEqualTo(name);
    assertThat(output.path("environment").toString())
        .isEqualTo("{\"inngestPort\":9288,\"nodeEnv\":\"development\"}");
    assertThat(output).hasSize(4);
  }

  @Test
  void takesAnEventFromCurlWithoutATimestamp() {
    String event =
        stage.send(
            "{\"name\":\"demo/hello.world\",\"data\":{\"name\":\"Guru\",\"language\":\"en\"}}");

    JsonNode run = stage.runOf(event);

    assertThat(run.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(run.path("output").path("eventData").has("timestamp")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'X'} | missing: language",
        "{'name':'X','language':null} | missing: language",
        "{'language':'en'} | missing: name",
        "{} | missing: name, language",
        "{'name':'X','language':'tlh'} | Nobody here speaks \"tlh\""
      })
  void failsForGoodWithWordsForWhatIsMissing(String data, String message) {
    String event =
        stage.send("{\"name\":\"demo/hello.world\",\"data\":" + data.replace('\'', '"') + "}");

    JsonNode run = stage.runOf(event);

    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("attempts").size() + run.path("steps").size()).isEqualTo(1);
    assertThat(run.path("output").path("message").asText()).contains(message, "en, ru, es, fr");
  }

  @Test
  void failsForGoodInALanguageItDoesNotSpeakAndHandlesTheFailure() {
    String event =
        stage.send(
            "{\"name\":\"demo/hello.world\",\"data\":{\"name\":\"Guru\",\"language\":\"tlh\"}}");

    JsonNode run = stage.runOf(event);

    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("attempts")).hasSize(1);
    assertThat(run.path("output").path("message").asText()).contains("en", "ru", "es", "fr", "tlh");
    JsonNode handler = stage.runOfFunction("hello-world-hello-world-failure");
    assertThat(handler.path("status").asText()).isEqualTo("COMPLETED");
  }

  @Test
  void triesABusyServiceAgainAndRunsTheOtherStepsOnce() {
    String event =
        stage.send(
            "{\"name\":\"demo/order.placed\",\"data\":{\"orderId\":\"A-1\",\"quantity\":2}}");

    JsonNode run = stage.runOf(event);

    assertThat(run.path("output").asText()).isEqualTo("saved: A-1 x 2");
    assertThat(stepNames(run)).containsExactly("validate", "process", "save");
    assertThat(run.path("steps").get(0).path("attempts")).hasSize(1);
    assertThat(run.path("steps").get(1).path("attempts")).hasSize(3);
    assertThat(run.path("steps").get(2).path("attempts")).hasSize(1);
  }

  @Test
  void theAppTellsItsHealthAndTheServerForwardsItsIntrospection() {
    assertThat(
            Stage.get(URI.create("http://localhost:" + stage.app.port() + "/health"))
                .path("status")
                .asText())
        .isEqualTo("ok");
    JsonNode introspection = stage.get("/api/inngest");
    assertThat(introspection.path("function_count").asInt()).isEqualTo(3);
    assertThat(introspection.path("mode").asText()).isEqualTo("dev");
  }
}
