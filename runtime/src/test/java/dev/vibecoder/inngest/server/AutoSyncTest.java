package dev.vibecoder.inngest.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.server.AutoSync.Attempt;
import dev.vibecoder.inngest.server.AutoSync.Pace;
import dev.vibecoder.inngest.support.LogLines;
import dev.vibecoder.inngest.support.Seen;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class AutoSyncTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Pace PACE = new Pace(Duration.ofMillis(1), Duration.ofMillis(2), null);
  private static final Pace FOR_EVER =
      new Pace(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(1));

  /** Attempts by their number, from 1 on. */
  private static Attempt attempts(IntFunction<Boolean> numbered) {
    AtomicInteger count = new AtomicInteger();
    return () -> numbered.apply(count.incrementAndGet());
  }

  @Test
  void troubleIsToldOncePerOutageHoweverItsWordsChange() throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(14);
    Attempt attempt =
        attempts(
            number -> {
              enough.countDown();
              if (number < 6 || (number > 7 && number < 13)) {
                throw new InngestException(number % 2 == 0 ? "It is away." : "It refuses");
              }
              return false;
            });
    try (LogLines log = new LogLines();
        AutoSync sync = AutoSync.start(attempt, "app x", FOR_EVER)) {
      assertThat(sync.await(LONG)).isTrue();
      assertThat(enough.await(10, TimeUnit.SECONDS)).isTrue();
      log.await(text -> text.split("Registered app x", -1).length == 3);
      assertThat(log.lines(" WARN ")).hasSize(2);
      assertThat(log.lines("It refuses. The app serves and keeps trying.")).hasSize(1);
      assertThat(log.lines("It is away. The app serves and keeps trying.")).hasSize(1);
      assertThat(log.lines("Registered app x")).hasSize(2);
    }
  }

  @Test
  void nothingThatHappensInAnAttemptEndsTheSchedule() {
    Attempt attempt =
        attempts(
            number -> {
              if (number == 1) {
                throw new IllegalStateException("defect");
              }
              if (number == 2) {
                throw new StackOverflowError();
              }
              return true;
            });
    try (LogLines log = new LogLines();
        AutoSync sync = AutoSync.start(attempt, "app x", PACE)) {
      assertThat(sync.await(LONG)).isTrue();
      assertThat(log.lines("IllegalStateException: defect. The app serves")).hasSize(1);
    }
  }

  @Test
  void stoppingInTheMiddleOfAnAttemptIsNoTrouble() throws InterruptedException {
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    Seen<Thread> thread = new Seen<>();
    Attempt attempt =
        () -> {
          thread.set(Thread.currentThread());
          within.countDown();
          try {
            new CountDownLatch(1).await();
            return true;
          } catch (InterruptedException e) {
            left.countDown();
            throw new InngestException("Interrupted while the server was called", e);
          }
        };
    try (LogLines log = new LogLines()) {
      AutoSync sync = AutoSync.start(attempt, "app x", PACE);
      assertThat(within.await(10, TimeUnit.SECONDS)).isTrue();
      sync.close();
      assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
      thread.get().join(LONG.toMillis());
      assertThat(thread.get().isAlive()).isFalse();
      assertThat(log.text()).doesNotContain("Interrupted", "keeps trying");
      assertThat(sync.await(LONG)).isFalse();
    }
  }

  @Test
  void whoWaitsForNothingIsToldAtOnce() {
    assertThat(AutoSync.none().await(Duration.ofDays(365_000))).isFalse();
  }

  @Test
  void aServerThatIsAwayIsWaitedForNoLongerThanAsked() {
    Attempt attempt =
        () -> {
          throw new InngestException("away");
        };
    try (LogLines log = new LogLines();
        AutoSync sync = AutoSync.start(attempt, "app x", PACE)) {
      assertThat(sync.await(Duration.ofMillis(1))).isFalse();
      assertThat(log).isNotNull();
    }
  }
}
