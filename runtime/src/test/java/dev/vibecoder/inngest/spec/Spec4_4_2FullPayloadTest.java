package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.spec.SpecApp.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.StubApi.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 4.4.2: what was left out of a call is fetched. */
class Spec4_4_2FullPayloadTest {
  private static final String BATCH = "/v0/runs/" + Call.RUN_ID + "/batch";
  private static final String ACTIONS = "/v0/runs/" + Call.RUN_ID + "/actions";
  private static final String EVENTS = "[{\"name\":\"test/event\",\"data\":{\"n\":1}}]";
  private static final String STEPS = "{\"" + StepHash.of("one") + "\":{\"data\":7}}";

  private static Reply state(StubApi.Request request) {
    return new Reply(200, request.uri().getPath().equals(BATCH) ? EVENTS : STEPS);
  }

  private static Answer call(SpecApp app) {
    return app.send("POST", SpecApp.CALL, Call.first().useApi().body(), Map.of());
  }

  @Test
  void eventsAndStepsAreFetchedAndUsed() {
    try (SpecApp app = SpecApp.dev()) {
      app.api.answer(Spec4_4_2FullPayloadTest::state);
      Answer answer = call(app);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("7");
      assertThat(app.api.requests())
          .extracting(request -> request.method() + " " + request.uri())
          .containsExactlyInAnyOrder("GET " + BATCH, "GET " + ACTIONS);
    }
  }

  @Test
  void bothAreFetchedAtTheSameTime() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    try (SpecApp app = SpecApp.dev()) {
      app.api.answer(
          request -> {
            both.countDown();
            try {
              // Neither is answered before both are asked for.
              return both.await(10, TimeUnit.SECONDS) ? state(request) : new Reply(500, "");
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              return new Reply(500, "");
            }
          });
      assertThat(call(app).status()).isEqualTo(200);
    }
  }

  @Test
  void theFetchedEventsAreThoseOfTheBatch() {
    FunctionDefinition sum =
        FunctionDefinition.define("fn")
            .on("test/event")
            .batch(Batch.of(10, Duration.ofSeconds(5)))
            .handleBatch(
                (events, step) ->
                    events.stream().mapToInt(event -> event.data().path("n").asInt()).sum());
    try (SpecApp app = SpecApp.dev().function(sum)) {
      app.api.answer(
          request ->
              request.uri().getPath().equals(BATCH)
                  ? new Reply(
                      200,
                      "[{\"name\":\"test/event\",\"data\":{\"n\":1}},"
                          + "{\"name\":\"test/event\",\"data\":{\"n\":20}}]")
                  : new Reply(200, "{}"));
      assertThat(call(app).text()).isEqualTo("21");
    }
  }

  @ParameterizedTest
  @CsvSource({BATCH, ACTIONS})
  void aPartThatCannotBeFetchedFailsTheCallWhichIsTriedAgain(String part) {
    for (Reply reply :
        List.of(
            new Reply(410, "{\"error\":\"gone\",\"status\":410}"),
            new Reply(500, ""),
            new Reply(200, "<html>"),
            new Reply(200, part.equals(BATCH) ? "{}" : "[]"),
            new Reply(200, part.equals(BATCH) ? "null" : "5"),
            new Reply(200, "{\"a\":{\"data\":1}"),
            new Reply(204, ""),
            StubApi.CUT)) {
      try (SpecApp app = SpecApp.dev()) {
        app.api.answer(request -> request.uri().getPath().equals(part) ? reply : state(request));
        Answer answer = call(app);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("X-Inngest-No-Retry")).isEmpty();
        assertThat(answer.json().path("type").asText()).isEqualTo("internal");
        assertThat(answer.json().path("message").asText())
            .contains(part.equals(BATCH) ? "the events of " : "the steps of ");
      }
    }
  }

  @Test
  void theFallbackKeyIsUsedForBoth() {
    String second = "Bearer " + SigningKey.parse(SpecApp.FALLBACK).bearerToken();
    try (SpecApp app = SpecApp.cloud()) {
      app.api.answer(
          request ->
              request.header("Authorization").equals(second)
                  ? state(request)
                  : new Reply(401, "Authentication failed"));
      Answer answer =
          app.signed(SpecApp.KEY, "POST", SpecApp.CALL, Call.first().useApi().body(), Map.of());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("7");
    }
  }
}
