package dev.vibecoder.inngest.devserver.engine;

import static dev.vibecoder.inngest.devserver.engine.EngineBench.START;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when the engine itself cannot go on. */
@Timeout(20)
class EngineFailureTest {
  private static final List<IncomingEvent> EVENT =
      List.of(
          new IncomingEvent(
              "01JQDAE4RQF8MBCR55T5AK4KXS",
              json("{\"id\":\"e\",\"name\":\"x\",\"ts\":1,\"data\":{}}")));

  private static Engine engine(Journal journal) {
    return new Engine(
        new Engine.Setup(
            new ManualClock(START),
            call -> CompletableFuture.completedFuture(AppTransport.Answer.refused("nobody")),
            journal,
            null,
            new Random(1),
            10));
  }

  private static void assertRefused(CompletableFuture<?> reply) {
    assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(EngineStoppedException.class);
  }

  @Test
  void whoeverWaitsIsToldWhenFactsCannotBeKept() throws Exception {
    try (Engine engine =
        engine(
            facts -> {
              throw new IllegalStateException("the disk is full");
            })) {
      CompletableFuture<Void> kept = engine.receive(EVENT);
      CompletableFuture<?> behind = engine.view(Views::apps);
      assertThat(engine.stopped()).isEmpty();
      engine.start();

      assertRefused(kept);
      assertRefused(behind);
      assertThat(engine.failure().toCompletableFuture().get(10, TimeUnit.SECONDS))
          .hasMessage("the disk is full");
      assertRefused(engine.receive(EVENT));
      assertThat(engine.stopped().orElseThrow()).hasMessageContaining("the disk is full");
    }
  }

  @Test
  void anErrorStopsTheEngineAndIsTold() throws Exception {
    try (Engine engine = engine(Journal.none())) {
      engine.start();
      CompletableFuture<Object> broken =
          engine.view(
              views -> {
                throw new OutOfMemoryError("no more");
              });

      assertRefused(broken);
      assertThat(engine.failure().toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isInstanceOf(OutOfMemoryError.class);
      assertRefused(engine.view(Views::apps));
    }
  }

  @Test
  void aCommandThatThrowsAnswersItsCallerAndNobodyElse() throws Exception {
    try (Engine engine = engine(Journal.none())) {
      engine.start();
      CompletableFuture<Object> broken =
          engine.view(
              views -> {
                throw new IllegalArgumentException("odd");
              });

      assertThatThrownBy(() -> broken.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IllegalArgumentException.class);
      assertThat(engine.view(Views::apps).get(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void aWatcherThatThrowsHarmsNeitherTheOthersNorTheEngine() throws Exception {
    try (Engine engine = engine(Journal.none())) {
      CountDownLatch told = new CountDownLatch(1);
      engine.watch(
          (facts, revision) -> {
            throw new IllegalStateException("odd");
          });
      engine.watch((facts, revision) -> told.countDown());
      engine.start();

      engine.receive(EVENT).get(10, TimeUnit.SECONDS);
      assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
      engine.receive(EVENT).get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void closingAnswersWhoeverWaits() {
    Engine neverStarted = engine(Journal.none());
    CompletableFuture<Void> waits = neverStarted.receive(EVENT);
    neverStarted.close();
    assertRefused(waits);
    assertRefused(neverStarted.view(Views::apps));

    Engine running = engine(Journal.none());
    running.start();
    running.close();
    assertRefused(running.receive(EVENT));
  }

  @Test
  void commandsThatWaitAreKeptTogether() throws Exception {
    List<Integer> groups = new ArrayList<>();
    try (Engine engine = engine(facts -> groups.add(facts.size()))) {
      List<CompletableFuture<Void>> replies = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        replies.add(engine.receive(EVENT));
      }
      engine.start();
      for (CompletableFuture<Void> reply : replies) {
        reply.get(10, TimeUnit.SECONDS);
      }
    }
    assertThat(groups).containsExactly(100);
  }

  @Test
  void repliesAreGivenByOtherThreadsThanTheEngines() throws Exception {
    try (Engine engine = engine(Journal.none())) {
      LinkedBlockingQueue<String> threads = new LinkedBlockingQueue<>();
      CompletableFuture<Void> used =
          engine
              .view(views -> Thread.currentThread().getName())
              .thenAccept(
                  looked -> {
                    threads.add(looked);
                    threads.add(Thread.currentThread().getName());
                  });
      engine.start();
      used.get(10, TimeUnit.SECONDS);

      assertThat(threads.take()).isEqualTo("inngest-engine");
      assertThat(threads.take()).isNotEqualTo("inngest-engine");
    }
  }
}
