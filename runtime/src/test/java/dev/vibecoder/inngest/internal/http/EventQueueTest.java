package dev.vibecoder.inngest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.EventsNotSentException;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventQueueTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);

  /** What was handed to be delivered, in the order in which it was, each to be answered by hand. */
  private final LinkedBlockingQueue<Batch> batches = new LinkedBlockingQueue<>();

  private record Batch(List<String> events, CompletableFuture<Void> answer) {}

  private EventQueue queue(
      int events, long bytes, int requests, Duration linger, long waitingBytes) {
    return new EventQueue(
        new EventQueue.Limits(events, bytes, requests, linger, waitingBytes),
        batch -> {
          CompletableFuture<Void> answer = new CompletableFuture<>();
          batches.add(
              new Batch(
                  batch.stream()
                      .map(event -> new String(event.json(), StandardCharsets.UTF_8))
                      .toList(),
                  answer));
          return answer;
        });
  }

  private EventQueue lingering(Duration linger) {
    return queue(100, 1_000, 2, linger, 1_000);
  }

  private static PendingSend send(String... events) {
    return traced(null, events);
  }

  private static PendingSend traced(@Nullable TraceHeaders trace, String... events) {
    return new PendingSend(
        Arrays.stream(events).map(event -> event.getBytes(StandardCharsets.UTF_8)).toList(), trace);
  }

  private Batch next() throws InterruptedException {
    Batch batch = batches.poll(10, TimeUnit.SECONDS);
    assertThat(batch).as("a request").isNotNull();
    return batch;
  }

  @Test
  void whoIsAloneGoesAtOnce() throws Exception {
    EventQueue queue = lingering(FOR_EVER);
    queue.put(send("a", "b"));
    assertThat(next().events()).containsExactly("a", "b");
    assertThat(batches).isEmpty();
  }

  @Test
  void thoseThatComeMeanwhileGoTogetherInOrder() throws Exception {
    EventQueue queue = lingering(FOR_EVER);
    queue.put(send("a"));
    Batch first = next();
    queue.put(send("b"));
    queue.put(send("c", "d"));
    queue.put(send("e"));
    assertThat(batches).isEmpty();
    first.answer().complete(null);
    assertThat(next().events()).containsExactly("b", "c", "d", "e");
  }

  @Test
  void onlyEventsOfOneTraceGoTogetherAndTheOthersWaitNoLonger() throws Exception {
    EventQueue queue = lingering(FOR_EVER);
    queue.put(send("a"));
    Batch first = next();
    queue.put(traced(new TraceHeaders("one", ""), "b"));
    queue.put(traced(new TraceHeaders("one", ""), "c"));
    queue.put(traced(new TraceHeaders("two", ""), "d"));
    queue.put(send("e"));
    first.answer().complete(null);
    assertThat(next().events()).containsExactly("b", "c");
    Batch other = next();
    assertThat(other.events()).containsExactly("d");
    other.answer().complete(null);
    assertThat(next().events()).containsExactly("e");
  }

  @Test
  void nobodyWaitsForASlowRequestLongerThanTheLinger() throws Exception {
    EventQueue queue = lingering(Duration.ofMillis(1));
    queue.put(send("a"));
    next();
    queue.put(send("b"));
    assertThat(next().events()).containsExactly("b");
  }

  @Test
  void moreRequestsThanAllowedAreNeverUnderWay() throws Exception {
    EventQueue queue = lingering(Duration.ofMillis(1));
    queue.put(send("a"));
    Batch first = next();
    queue.put(send("b"));
    next();
    queue.put(send("c"));
    assertThat(batches.poll(50, TimeUnit.MILLISECONDS)).isNull();
    first.answer().complete(null);
    assertThat(next().events()).containsExactly("c");
  }

  @Test
  void whatFillsARequestDoesNotLinger() throws Exception {
    EventQueue queue = queue(2, 1_000, 3, FOR_EVER, 1_000);
    queue.put(send("a"));
    next();
    queue.put(send("b"));
    assertThat(batches).isEmpty();
    queue.put(send("c", "d"));
    assertThat(next().events()).containsExactly("b", "c");
    assertThat(batches).isEmpty();
  }

  @Test
  void aSendIsSplitByNumberAndByBytesAndOneTooLargeGoesAlone() throws Exception {
    EventQueue queue = queue(3, 10, 10, FOR_EVER, 1_000);
    queue.put(send("1", "2", "3", "4", "12345678", "123", "12345678901234", "5"));
    List<List<String>> parts = new ArrayList<>();
    while (parts.stream().mapToInt(List::size).sum() < 8) {
      Batch batch = next();
      parts.add(batch.events());
      batch.answer().complete(null);
    }
    assertThat(parts)
        .containsExactly(
            List.of("1", "2", "3"),
            List.of("4", "12345678"),
            List.of("123"),
            List.of("12345678901234"),
            List.of("5"));
  }

  @Test
  void whatNobodyWaitsForIsRefusedWhereThereIsTooMuchOfIt() throws Exception {
    EventQueue queue = queue(100, 1_000, 1, FOR_EVER, 4);
    queue.put(send("a"));
    Batch first = next();
    assertThat(queue.offer(send("123"))).isTrue();
    assertThat(queue.offer(send("45"))).isFalse();
    // Its caller keeps it anyway.
    queue.put(send("67"));
    first.answer().complete(null);
    assertThat(next().events()).containsExactly("123", "67");
    assertThat(queue.offer(send("89"))).isTrue();
  }

  @Test
  void oneThatIsLargerThanTheRoomIsTakenWhereNothingWaits() throws Exception {
    EventQueue queue = queue(100, 1_000, 1, FOR_EVER, 4);
    assertThat(queue.offer(send("0123456789"))).isTrue();
    assertThat(next().events()).hasSize(1);
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotSent() throws Exception {
    EventQueue queue = lingering(FOR_EVER);
    queue.put(send("a"));
    Batch first = next();
    PendingSend given = send("b", "c");
    queue.put(given);
    queue.put(send("d"));
    given.settled().cancel(true);
    first.answer().complete(null);
    assertThat(next().events()).containsExactly("d");
  }

  @Test
  void theRestOfASendFollowsWhenItsFirstPartHasArrived() throws Exception {
    EventQueue queue = queue(2, 1_000, 4, FOR_EVER, 1_000);
    queue.put(send("a", "b", "c", "d", "e"));
    Batch first = next();
    assertThat(first.events()).containsExactly("a", "b");
    assertThat(batches).isEmpty();
    first.answer().complete(null);
    Batch second = next();
    assertThat(second.events()).containsExactly("c", "d");
    second.answer().complete(null);
    assertThat(next().events()).containsExactly("e");
  }

  @Test
  void aLargeSendDoesNotHoldUpOthers() throws Exception {
    EventQueue queue = queue(2, 1_000, 2, FOR_EVER, 1_000);
    queue.put(send("a", "b", "c", "d", "e"));
    Batch first = next();
    // The second request is free, and the rest of the first send has to wait for its first part.
    queue.put(send("1", "2"));
    Batch other = next();
    assertThat(other.events()).containsExactly("1", "2");
    queue.put(send("3"));
    first.answer().complete(null);
    Batch shared = next();
    assertThat(shared.events()).containsExactly("3", "c");
    shared.answer().complete(null);
    assertThat(next().events()).containsExactly("d", "e");
  }

  @Test
  void largeSendsTakeTurns() throws Exception {
    EventQueue queue = queue(2, 1_000, 1, FOR_EVER, 1_000);
    queue.put(send("a1", "a2", "a3", "a4"));
    queue.put(send("b1", "b2", "b3", "b4"));
    List<List<String>> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Batch batch = next();
      requests.add(batch.events());
      batch.answer().complete(null);
    }
    assertThat(requests)
        .containsExactly(
            List.of("a1", "a2"), List.of("b1", "b2"), List.of("a3", "a4"), List.of("b3", "b4"));
  }

  @Test
  void whateverDeliveryThrowsSettlesItsEventsAndFreesItsPlace() throws Exception {
    AtomicInteger deliveries = new AtomicInteger();
    EventQueue queue =
        new EventQueue(
            new EventQueue.Limits(100, 1_000, 1, FOR_EVER, 1_000),
            batch -> {
              if (deliveries.getAndIncrement() == 0) {
                throw new NoClassDefFoundError("Client");
              }
              return CompletableFuture.failedFuture(new OutOfMemoryError("none left"));
            });
    for (String expected : List.of("Client", "none left")) {
      PendingSend send = send("a");
      queue.put(send);
      send.settled().get(10, TimeUnit.SECONDS);
      assertThatThrownBy(send::result)
          .isInstanceOf(EventsNotSentException.class)
          .hasMessageContaining(expected);
    }
  }
}
