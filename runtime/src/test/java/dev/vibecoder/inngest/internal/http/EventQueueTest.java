package dev.vibecoder.inngest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  void whatIsTooMuchIsRefusedOrWaitsForRoom() throws Exception {
    EventQueue queue = queue(100, 1_000, 1, FOR_EVER, 4);
    queue.put(send("a"));
    Batch first = next();
    assertThat(queue.offer(send("123"))).isTrue();
    assertThat(queue.offer(send("45"))).isFalse();
    CountDownLatch started = new CountDownLatch(1);
    FutureTask<Void> waiting =
        new FutureTask<>(
            () -> {
              started.countDown();
              queue.put(send("45"));
              return null;
            });
    new Thread(waiting, "sender").start();
    started.await();
    first.answer().complete(null);
    Batch second = next();
    assertThat(second.events()).startsWith("123");
    waiting.get(10, TimeUnit.SECONDS);
    second.answer().complete(null);
    if (second.events().size() == 1) {
      assertThat(next().events()).containsExactly("45");
    }
  }

  @Test
  void oneThatIsLargerThanTheRoomIsTakenWhereNothingWaits() throws Exception {
    EventQueue queue = queue(100, 1_000, 1, FOR_EVER, 4);
    queue.put(send("0123456789"));
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
    EventQueue queue = queue(2, 1_000, 4, Duration.ofMillis(1), 1_000);
    queue.put(send("a", "b", "c", "d", "e"));
    queue.put(send("f"));
    Batch first = next();
    assertThat(first.events()).containsExactly("a", "b");
    assertThat(batches.poll(50, TimeUnit.MILLISECONDS)).isNull();
    first.answer().complete(null);
    Batch second = next();
    assertThat(second.events()).containsExactly("c", "d");
    second.answer().complete(null);
    assertThat(next().events()).containsExactly("e", "f");
  }
}
