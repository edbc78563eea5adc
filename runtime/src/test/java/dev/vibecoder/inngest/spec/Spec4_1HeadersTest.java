package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.spec.SpecApp.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.StubApi.Reply;
import dev.vibecoder.inngest.support.Trees;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections 4.1.1, 4.1.2 and 4.1.4: headers of answers and of requests to the server. */
class Spec4_1HeadersTest {
  @ParameterizedTest
  @CsvSource({"GET,''", "PUT,''", "POST,?fnId=app-fn&stepId=step", "POST,?probe=trust", "POST,''"})
  void everyAnswerToTheServerNamesSdkAndVersion(String method, String query) {
    try (SpecApp app = SpecApp.cloud()) {
      Answer answer = app.signed(SpecApp.KEY, method, query, Call.first().body(), Map.of());
      assertThat(answer.header("X-Inngest-Sdk"))
          .matches("inngest-java:v\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
      assertThat(answer.header("User-Agent")).isEqualTo(answer.header("X-Inngest-Sdk"));
      assertThat(answer.header("X-Inngest-Sdk-Handled")).isEqualTo("true");
      assertThat(answer.header("X-Inngest-Framework")).isEqualTo("test");
      assertThat(answer.header("X-Inngest-Req-Version")).isEqualTo("2");
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(app.isSigned(answer, SpecApp.KEY)).isTrue();
    }
  }

  @Test
  void onlyErrorsSayWhetherToTryAgain() {
    try (SpecApp app = SpecApp.dev()) {
      assertThat(
              app.send("POST", SpecApp.CALL, Call.first().body(), Map.of())
                  .header("X-Inngest-No-Retry"))
          .isEmpty();
    }
  }

  @Test
  void everyRequestToTheServerNamesTheSdkAndTheKey() {
    String bearer = "Bearer " + SigningKey.parse(SpecApp.KEY).bearerToken();
    try (SpecApp app = SpecApp.cloud().with("INNGEST_EVENT_KEY", "k").with("RENDER", "true")) {
      app.signed("PUT", "", "", Map.of());
      app.signed(SpecApp.KEY, "POST", SpecApp.CALL, Call.first().useApi().body(), Map.of());
      Inngest.of(app.options()).send(JsonEvent.of("a/b", Trees.parse("{}")));
      assertThat(app.api.requests())
          .hasSize(4)
          .allSatisfy(
              request -> {
                assertThat(request.header("X-Inngest-Sdk")).startsWith("inngest-java:v");
                assertThat(request.header("User-Agent")).startsWith("inngest-java:v");
                assertThat(request.header("X-Inngest-Platform")).isEqualTo("render");
              });
      assertThat(app.api.requests())
          .filteredOn(request -> !request.uri().getPath().startsWith("/e/"))
          .hasSize(3)
          .allMatch(request -> request.header("Authorization").equals(bearer));
    }
  }

  @Test
  void theHashOfTheKeyIsThatOfTheSpecification() {
    assertThat(SigningKey.parse("signkey-prod-12345678").bearerToken())
        .isEqualTo("signkey-prod-b2ed992186a5cb19f6668aade821f502c1d00970dfd0e35128d51bac4649916c");
  }

  @ParameterizedTest
  @CsvSource({"401", "403"})
  void theSecondKeyIsTriedOnceAndKeptWhileItIsTheGoodOne(int status) {
    String second = "Bearer " + SigningKey.parse(SpecApp.FALLBACK).bearerToken();
    String first = "Bearer " + SigningKey.parse(SpecApp.KEY).bearerToken();
    try (SpecApp app = SpecApp.cloud()) {
      app.api.answer(
          request ->
              request.header("Authorization").equals(second)
                  ? StubApi.accept(request)
                  : new Reply(status, "Authentication failed"));
      assertThat(app.signed("PUT", "", "", Map.of()).status()).isEqualTo(200);
      assertThat(app.signed("PUT", "", "", Map.of()).status()).isEqualTo(200);
      assertThat(app.api.requests())
          .extracting(request -> request.header("Authorization"))
          .containsExactly(first, second, second);
      // The rotation goes on: the server knows only the first again.
      app.api.requests().clear();
      app.api.answer(
          request ->
              request.header("Authorization").equals(first)
                  ? StubApi.accept(request)
                  : new Reply(status, "Authentication failed"));
      assertThat(app.signed("PUT", "", "", Map.of()).status()).isEqualTo(200);
      assertThat(app.signed("PUT", "", "", Map.of()).status()).isEqualTo(200);
      assertThat(app.api.requests())
          .extracting(request -> request.header("Authorization"))
          .containsExactly(second, first, first);
    }
  }

  @Test
  void withoutAKeyNothingPretendsToBeOne() {
    try (SpecApp app = SpecApp.dev()) {
      app.send("PUT", "", "");
      assertThat(app.api.only().headers()).doesNotContainKey("Authorization");
    }
  }
}
