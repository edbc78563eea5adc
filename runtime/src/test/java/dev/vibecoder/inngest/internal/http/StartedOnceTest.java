package dev.vibecoder.inngest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.InngestException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartedOnceTest {
  @Test
  void whatDidNotStartIsTriedAgainAndThenStarts() {
    AtomicInteger starts = new AtomicInteger();
    StartedOnce<String> client =
        new StartedOnce<>(
            "start",
            () -> {
              if (starts.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("gone");
              }
              return "started " + starts.get();
            });
    assertThatThrownBy(client::get)
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("did not start")
        .hasMessageContaining("gone");
    assertThat(client.get()).isEqualTo("started 2");
    assertThat(client.get()).isEqualTo("started 2");
  }

  @Test
  void anInterruptOfTheFirstUserDoesNotReachTheStart() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    StartedOnce<String> client =
        new StartedOnce<>(
            "start",
            () -> {
              starting.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException("poisoned", e);
              }
              return "started";
            });
    FutureTask<String> user =
        new FutureTask<>(() -> client.get() + " " + Thread.currentThread().isInterrupted());
    Thread thread = new Thread(user, "first user");
    thread.start();
    starting.await();
    thread.interrupt();
    go.countDown();
    assertThat(user.get(10, TimeUnit.SECONDS)).isEqualTo("started true");
  }
}
