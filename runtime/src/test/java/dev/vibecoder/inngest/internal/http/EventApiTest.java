package dev.vibecoder.inngest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.protocol.EventIdSeed;
import dev.vibecoder.inngest.support.MutableClock;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.StubApi.Reply;
import dev.vibecoder.inngest.support.Trees;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventApiTest {
  private static final EventEnvelope EVENT =
      new EventEnvelope(null, "a/b", Trees.parse("{\"n\":1}"), null, null, null);

  private final StubApi api = StubApi.accepting();
  private final MutableClock clock = new MutableClock();

  @AfterEach
  void stop() {
    api.close();
  }

  private InngestOptions.Builder options() {
    return InngestOptions.builder().variables(Map.of()).appId("app").baseUrl(api.url());
  }

  private EventApi events() {
    return new EventApi(
        options().eventKey("the key/1").environment("branch").build(), clock, Duration.ofMillis(1));
  }

  private List<String> seeds() {
    return api.requests().stream()
        .map(request -> request.header("x-inngest-event-id-seed"))
        .distinct()
        .toList();
  }

  @Test
  void sendsAnArrayWithASeedOfThePresentTime() {
    SendResult result = events().send(List.of(EVENT, EVENT));
    assertThat(result.ids()).containsExactly("id-0", "id-1");
    StubApi.Request request = api.only();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri().getRawPath()).isEqualTo("/e/the%20key%2F1");
    assertThat(request.json())
        .isEqualTo(
            Trees.parse(
                "[{\"name\":\"a/b\",\"data\":{\"n\":1}},{\"name\":\"a/b\",\"data\":{\"n\":1}}]"));
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("X-Inngest-Env")).isEqualTo("branch");
    assertThat(request.header("X-Inngest-Sdk")).startsWith("inngest-java:v");
    String seed = request.header("x-inngest-event-id-seed");
    assertThat(EventIdSeed.parse(seed)).isPresent();
    assertThat(seed).startsWith(clock.instant().toEpochMilli() + ",");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429, 0})
  void troubleIsTriedFiveTimesWithTheSameSeed(int status) {
    api.answer(request -> new Reply(status, "{\"error\":\"trouble\"}"));
    assertThatThrownBy(() -> events().send(List.of(EVENT)))
        .isInstanceOf(InngestException.class)
        .isNotInstanceOf(NonRetriableException.class)
        .message()
        .containsAnyOf("trouble", api.url().toString());
    assertThat(api.requests()).hasSize(5);
    assertThat(seeds()).hasSize(1).doesNotContain("");
  }

  @Test
  void theSendSucceedsAsSoonAsOneAttemptDoes() {
    AtomicInteger count = new AtomicInteger();
    api.answer(
        request ->
            switch (count.incrementAndGet()) {
              case 1 -> StubApi.CUT;
              case 2 -> new Reply(500, "oops");
              case 3 -> new Reply(200, "{\"ids\":[],\"status\":200}");
              default -> StubApi.accept(request);
            });
    assertThat(events().send(List.of(EVENT)).id()).isEqualTo("id-0");
    assertThat(api.requests()).hasSize(4);
    assertThat(seeds()).hasSize(1);
  }

  @Test
  void anotherSendHasAnotherSeed() {
    EventApi events = events();
    events.send(List.of(EVENT));
    events.send(List.of(EVENT));
    assertThat(seeds()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"400,true", "413,true", "401,false", "403,false", "404,false"})
  void whatTheServerRefusesIsNotTriedAgain(int status, boolean eventsFault) {
    api.answer(request -> new Reply(status, "{\"ids\":[\"\"],\"error\":\"not so\"}"));
    assertThatThrownBy(() -> events().send(List.of(EVENT)))
        .isInstanceOf(eventsFault ? NonRetriableException.class : InngestException.class)
        .hasMessageContaining("not so")
        .message()
        .doesNotContain("the key", "the%20key");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void anErrorIsAnErrorWhateverTheStatus() {
    api.answer(request -> new Reply(200, "{\"ids\":[\"x\"],\"error\":\"half of it\"}"));
    assertThatThrownBy(() -> events().send(List.of(EVENT)))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("half of it");
  }

  @Test
  void manyEventsAreSentInSeveralRequestsInOrder() {
    api.answer(
        request -> {
          int first = api.requests().size();
          int count = request.json().size();
          StringBuilder ids = new StringBuilder();
          for (int i = 0; i < count; i++) {
            ids.append(i == 0 ? "" : ",").append("\"").append(first).append("-").append(i);
            ids.append("\"");
          }
          return new Reply(200, "{\"ids\":[" + ids + "],\"status\":200}");
        });
    List<String> ids = events().send(Collections.nCopies(5_001, EVENT)).ids();
    assertThat(ids).hasSize(5_001).startsWith("1-0", "1-1").endsWith("1-4999", "2-0");
    assertThat(api.requests())
        .extracting(request -> request.json().size())
        .containsExactly(5_000, 1);
    assertThat(seeds()).hasSize(2);
  }

  @Test
  void nothingIsSentWithoutEvents() {
    assertThat(events().send(List.of()).ids()).isEmpty();
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void withoutAnEventKeyCloudModeSendsNothing() {
    EventApi events = new EventApi(options().build(), clock, Duration.ofMillis(1));
    assertThatThrownBy(() -> events.send(List.of(EVENT)))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_EVENT_KEY");
    assertThat(api.requests()).isEmpty();
    new EventApi(options().dev(true).build(), clock, Duration.ofMillis(1)).send(List.of(EVENT));
    assertThat(api.only().uri().getPath()).isEqualTo("/e/NO_EVENT_KEY_SET");
  }

  @Test
  void aServerThatCannotBeReachedIsNamed() {
    EventApi events =
        new EventApi(
            options().dev(true).baseUrl(URI.create("http://127.0.0.1:1")).build(),
            clock,
            Duration.ofMillis(1));
    assertThatThrownBy(() -> events.send(List.of(EVENT)))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("http://127.0.0.1:1");
  }

  @Test
  void theFutureFailsWithTheSameException() {
    api.answer(request -> new Reply(400, "{\"error\":\"not so\"}"));
    Inngest client = Inngest.of(options().dev(true).build());
    CompletableFuture<SendResult> future = client.sendAsync(JsonEvent.of("a/b", Trees.parse("{}")));
    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NonRetriableException.class)
        .hasMessageContaining("not so");
  }

  @Test
  void theDefaultClientIsReplacedWithinAScope() {
    Inngest outer = Inngest.of(options().build());
    Inngest inner = Inngest.of(options().build());
    try (Inngest.DefaultScope scope = Inngest.withDefault(outer)) {
      assertThat(scope).isNotNull();
      try (Inngest.DefaultScope nested = Inngest.withDefault(inner)) {
        assertThat(nested).isNotNull();
        assertThat(Inngest.getDefault()).isSameAs(inner);
      }
      assertThat(Inngest.getDefault()).isSameAs(outer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>hello</html>", "", "{}", "[]", "{\"ids\":5}", "{\"ids\":null}"})
  void whatAnswersWithoutIdsIsNoInngestServerAndIsAskedOnce(String body) {
    api.answer(request -> new Reply(200, body));
    assertThatThrownBy(() -> events().send(List.of(EVENT)))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining(api.url() + " is no Inngest server")
        .message()
        .doesNotContain("refused", "status");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void aReplyWithoutEndIsNotKeptAndNotAskedForAgain() {
    api.answer(request -> new Reply(200, " ".repeat(4 * 1024 * 1024 + 1)));
    assertThatThrownBy(() -> events().send(List.of(EVENT)))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("is no Inngest server");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void anInvalidEventFailsTheFutureAndNotTheCaller() {
    Inngest client = Inngest.of(options().dev(true).build());
    CompletableFuture<SendResult> future =
        client.sendAsync(JsonEvent.of("inngest/x", Trees.parse("{}")));
    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NonRetriableException.class)
        .hasMessageContaining("reserved");
  }

  @Test
  void aSendCanBeInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    api.answer(
        request -> {
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return StubApi.accept(request);
        });
    EventApi events = events();
    FutureTask<String> sent =
        new FutureTask<>(
            () -> {
              try {
                return events.send(List.of(EVENT)).id();
              } catch (InngestException e) {
                return e.getMessage() + " " + Thread.currentThread().isInterrupted();
              }
            });
    Thread sender = new Thread(sent);
    sender.start();
    asked.await();
    sender.interrupt();
    assertThat(sent.get(10, TimeUnit.SECONDS)).startsWith("Interrupted").endsWith("true");
    release.countDown();
  }

  @Test
  void thePlatformIsNamed() {
    new EventApi(
            options().variables(Map.of("RENDER", "true")).dev(true).build(),
            clock,
            Duration.ofMillis(1))
        .send(List.of(EVENT));
    assertThat(api.only().header("X-Inngest-Platform")).isEqualTo("render");
  }
}
