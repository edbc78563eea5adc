package dev.vibecoder.inngest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.EventsNotSentException;
import dev.vibecoder.inngest.EventsRefusedException;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.SendOutcome;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.protocol.EventIdSeed;
import dev.vibecoder.inngest.support.MutableClock;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.StubApi.Reply;
import dev.vibecoder.inngest.support.Trees;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventApiTest {
  private static final byte[] EVENT =
      "{\"name\":\"a/b\",\"data\":{\"n\":1}}".getBytes(StandardCharsets.UTF_8);

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
        options().eventKey("the key/1").environment("branch").build(),
        clock,
        Duration.ofMillis(1),
        EventApi.LIMITS);
  }

  private List<String> seeds() {
    return api.requests().stream()
        .map(request -> request.header("x-inngest-event-id-seed"))
        .distinct()
        .toList();
  }

  @Test
  void sendsAnArrayWithASeedOfThePresentTime() {
    SendResult result = events().send(List.of(EVENT, EVENT), null);
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
    assertThatThrownBy(() -> events().send(List.of(EVENT), null))
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
    assertThat(events().send(List.of(EVENT), null).id()).isEqualTo("id-0");
    assertThat(api.requests()).hasSize(4);
    assertThat(seeds()).hasSize(1);
  }

  @Test
  void anotherSendHasAnotherSeed() {
    EventApi events = events();
    events.send(List.of(EVENT), null);
    events.send(List.of(EVENT), null);
    assertThat(seeds()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"400,true", "413,true", "401,false", "403,false", "404,false"})
  void whatTheServerRefusesIsNotTriedAgain(int status, boolean eventsFault) {
    api.answer(request -> new Reply(status, "{\"ids\":[\"\"],\"error\":\"not so\"}"));
    assertThatThrownBy(() -> events().send(List.of(EVENT), null))
        .isInstanceOf(eventsFault ? NonRetriableException.class : InngestException.class)
        .hasMessageContaining("not so")
        .message()
        .doesNotContain("the key", "the%20key");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void anErrorIsAnErrorWhateverTheStatus() {
    api.answer(request -> new Reply(200, "{\"ids\":[\"x\"],\"error\":\"half of it\"}"));
    assertThatThrownBy(() -> events().send(List.of(EVENT), null))
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
    List<String> ids = events().send(Collections.nCopies(5_001, EVENT), null).ids();
    assertThat(ids).hasSize(5_001).startsWith("1-0", "1-1").endsWith("1-4999", "2-0");
    assertThat(api.requests())
        .extracting(request -> request.json().size())
        .containsExactly(5_000, 1);
    assertThat(seeds()).hasSize(2);
  }

  @Test
  void nothingIsSentWithoutEvents() {
    assertThat(events().send(List.of(), null).ids()).isEmpty();
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void withoutAnEventKeyCloudModeSendsNothing() {
    EventApi events = new EventApi(options().build(), clock, Duration.ofMillis(1), EventApi.LIMITS);
    assertThatThrownBy(() -> events.send(List.of(EVENT), null))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_EVENT_KEY");
    assertThat(api.requests()).isEmpty();
    new EventApi(options().dev(true).build(), clock, Duration.ofMillis(1), EventApi.LIMITS)
        .send(List.of(EVENT), null);
    assertThat(api.only().uri().getPath()).isEqualTo("/e/NO_EVENT_KEY_SET");
  }

  @Test
  void aServerThatCannotBeReachedIsNamed() {
    EventApi events =
        new EventApi(
            options().dev(true).baseUrl(URI.create("http://127.0.0.1:1")).build(),
            clock,
            Duration.ofMillis(1),
            EventApi.LIMITS);
    assertThatThrownBy(() -> events.send(List.of(EVENT), null))
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
    assertThatThrownBy(() -> events().send(List.of(EVENT), null))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining(api.url() + " is no Inngest server")
        .message()
        .doesNotContain("refused", "status");
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void aReplyWithoutEndIsNotKeptAndNotAskedForAgain() {
    api.answer(request -> new Reply(200, " ".repeat(4 * 1024 * 1024 + 1)));
    assertThatThrownBy(() -> events().send(List.of(EVENT), null))
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
                return events.send(List.of(EVENT), null).id();
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
            Duration.ofMillis(1),
            EventApi.LIMITS)
        .send(List.of(EVENT), null);
    assertThat(api.only().header("X-Inngest-Platform")).isEqualTo("render");
  }

  // --- keys ---

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void noFailureShowsTheKey() {
    List<Reply> replies =
        List.of(
            StubApi.CUT,
            new Reply(500, ""),
            new Reply(401, "{\"error\":\"Event key not found\"}"),
            new Reply(400, "{\"error\":\"no\"}"),
            new Reply(200, "<html>"),
            new Reply(200, " ".repeat(4 * 1024 * 1024 + 1)));
    for (Reply reply : replies) {
      api.answer(request -> reply);
      assertThatThrownBy(() -> events().send(List.of(EVENT), null))
          .satisfies(
              failure -> assertThat(trace(failure)).doesNotContain("the key", "the%20key", "/e/"));
    }
    EventApi nowhere =
        new EventApi(
            options().eventKey("the key").baseUrl(URI.create("http://127.0.0.1:1")).build(),
            clock,
            Duration.ofMillis(1),
            EventApi.LIMITS);
    assertThatThrownBy(() -> nowhere.send(List.of(EVENT), null))
        .satisfies(
            failure -> assertThat(trace(failure)).doesNotContain("the key", "the%20key", "/e/"));
  }

  @Test
  void whatIsSentShowsNoKeyInALog() {
    EventEndpoint endpoint = EventEndpoint.of(options().eventKey("the key").build());
    assertThat(endpoint + " " + endpoint.call(EVENT, "seed", null, false, 1))
        .doesNotContain("the key", "the%20key");
  }

  // --- partial failures ---

  private static byte[] named(String name) {
    return ("{\"name\":\"" + name + "\",\"data\":{}}").getBytes(StandardCharsets.UTF_8);
  }

  /** As the server does: takes events one after another and stops at the first bad one. */
  private static Reply stopAtBad(StubApi.Request request) {
    StringBuilder ids = new StringBuilder();
    for (JsonNode event : request.json()) {
      String name = event.path("name").asText();
      if (name.startsWith("bad")) {
        String accepted = ids.length() == 0 ? "\"\"" : ids.toString();
        return new Reply(
            400, "{\"ids\":[" + accepted + "],\"status\":400,\"error\":\"no " + name + "\"}");
      }
      ids.append(ids.length() == 0 ? "" : ",").append("\"id of ").append(name).append('"');
    }
    return new Reply(200, "{\"ids\":[" + ids + "],\"status\":200}");
  }

  private static @Nullable String idOrProblem(SendOutcome outcome) {
    InngestException failure = outcome.failure();
    return failure == null
        ? outcome.id()
        : String.valueOf(failure.getMessage()).replaceAll(".*: ", "");
  }

  private List<String> acceptedNames() {
    return api.requests().stream()
        .flatMap(
            request -> {
              Reply reply = stopAtBad(request);
              int taken =
                  (int)
                      Trees.parse(reply.body())
                          .path("ids")
                          .valueStream()
                          .filter(id -> !id.asText().isEmpty())
                          .count();
              return request.json().valueStream().limit(taken);
            })
        .map(event -> event.path("name").asText())
        .toList();
  }

  @Test
  void eachEventOfASendHasItsOwnOutcomeAndNoneIsSentTwice() {
    api.answer(EventApiTest::stopAtBad);
    List<byte[]> events =
        Stream.of("bad0", "a", "b", "bad1", "bad2", "c", "d", "e", "bad3")
            .map(EventApiTest::named)
            .toList();
    assertThatThrownBy(() -> events().send(events, null))
        .isInstanceOfSatisfying(
            EventsRefusedException.class,
            refused -> {
              assertThat(refused).hasMessageContaining("4 of 9 events");
              assertThat(refused.outcomes())
                  .extracting(EventApiTest::idOrProblem)
                  .containsExactly(
                      "no bad0", "id of a", "id of b", "no bad1", "no bad2", "id of c", "id of d",
                      "id of e", "no bad3");
            });
    assertThat(acceptedNames()).containsExactly("a", "b", "c", "d", "e");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413})
  void aRequestThatIsRefusedAsAWholeIsHalvedUntilItPasses(int status) {
    api.answer(
        request ->
            request.json().size() > 2
                ? new Reply(status, "<html>too much</html>")
                : StubApi.accept(request));
    assertThat(events().send(Collections.nCopies(7, EVENT), null).ids()).hasSize(7);
  }

  @Test
  void anotherCallersBadEventIsNotOnes() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    api.answer(
        request -> {
          if (request.json().path(0).path("name").asText().equals("first")) {
            asked.countDown();
            awaitUnchecked(release);
          }
          return stopAtBad(request);
        });
    EventApi events =
        new EventApi(
            options().eventKey("k").build(),
            clock,
            Duration.ofMillis(1),
            new EventQueue.Limits(100, 10_000, 1, Duration.ofDays(1), 10_000));
    CompletableFuture<SendResult> first = events.sendAsync(List.of(named("first")), null);
    asked.await();
    CompletableFuture<SendResult> good = events.sendAsync(List.of(named("a"), named("b")), null);
    CompletableFuture<SendResult> bad = events.sendAsync(List.of(named("bad")), null);
    CompletableFuture<SendResult> late = events.sendAsync(List.of(named("c")), null);
    release.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS).id()).isEqualTo("id of first");
    assertThat(good.get(10, TimeUnit.SECONDS).ids()).containsExactly("id of a", "id of b");
    assertThat(late.get(10, TimeUnit.SECONDS).id()).isEqualTo("id of c");
    assertThatThrownBy(() -> bad.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(EventsRefusedException.class)
        .hasMessageContaining("no bad");
    assertThat(api.requests().get(1).json()).hasSize(4);
  }

  @Test
  void whatWasDeliveredBeforeTheServerWentAwayIsTold() {
    api.answer(
        request -> request.json().size() == 1 ? new Reply(503, "") : StubApi.accept(request));
    assertThatThrownBy(() -> events().send(Collections.nCopies(5_001, EVENT), null))
        .isInstanceOfSatisfying(
            EventsNotSentException.class,
            failure ->
                assertThat(failure.outcomes())
                    .hasSize(5_001)
                    .filteredOn(outcome -> !outcome.accepted())
                    .hasSize(1));
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // --- compression ---

  @Test
  void bodiesAreCompressedForServersThatSayTheyTakeIt() {
    byte[] large =
        ("{\"name\":\"a/b\",\"data\":{\"t\":\"" + "x".repeat(10_000) + "\"}}")
            .getBytes(StandardCharsets.UTF_8);
    EventApi events = events();
    events.send(List.of(large), null);
    assertThat(api.requests().get(0).headers()).doesNotContainKey("Content-Encoding");
    api.answerHeader("Accept-Encoding", "gzip");
    events.send(List.of(large), null);
    events.send(List.of(large), null);
    events.send(List.of(EVENT), null);
    assertThat(api.requests().get(2).header("Content-Encoding")).isEqualTo("gzip");
    assertThat(api.requests().get(2).header("Content-Length"))
        .satisfies(length -> assertThat(Integer.parseInt(length)).isLessThan(1_000));
    assertThat(api.requests().get(2).json().path(0)).isEqualTo(Trees.parse(large));
    assertThat(api.requests().get(3).headers()).doesNotContainKey("Content-Encoding");

    api.answer(
        request ->
            request.headers().containsKey("Content-Encoding")
                ? new Reply(415, "")
                : StubApi.accept(request));
    assertThat(events.send(List.of(large), null).id()).isEqualTo("id-0");
    assertThat(api.requests()).hasSize(6);
  }

  // --- many senders ---

  @Test
  void everyOfManySendersGetsItsOwnIds() throws Exception {
    api.answer(EventApiTest::stopAtBad);
    EventApi events = events();
    List<FutureTask<List<String>>> senders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String name = "s" + i;
      FutureTask<List<String>> sender =
          new FutureTask<>(
              () -> {
                List<String> ids = new ArrayList<>();
                for (int j = 0; j < 50; j++) {
                  ids.addAll(
                      events
                          .send(List.of(named(name + "-" + j), named(name + "+" + j)), null)
                          .ids());
                }
                return ids;
              });
      senders.add(sender);
      new Thread(sender, name).start();
    }
    for (int i = 0; i < 16; i++) {
      List<String> expected = new ArrayList<>();
      for (int j = 0; j < 50; j++) {
        expected.add("id of s" + i + "-" + j);
        expected.add("id of s" + i + "+" + j);
      }
      assertThat(senders.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(expected);
    }
    assertThat(api.requests()).hasSizeLessThan(16 * 50);
  }

  @Test
  void connectionsAreUsedAgain() {
    EventApi events = events();
    for (int i = 0; i < 20; i++) {
      events.send(List.of(EVENT), null);
    }
    assertThat(api.connections()).hasSize(1);
  }
}
