package dev.vibecoder.inngest.devserver.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void failsAnExchangeThatDoesNotEndAndGivesItUp() {
    CompletableFuture<String> hanging = new CompletableFuture<>();

    CompletableFuture<String> limited = Deadline.within(Duration.ofMillis(1), hanging);

    assertThatThrownBy(() -> limited.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(hanging).as("its connection is not kept").isCancelled();
  }

  @Test
  void leavesAnExchangeThatEndsAsItIs() throws Exception {
    CompletableFuture<String> exchange = new CompletableFuture<>();
    CompletableFuture<String> limited = Deadline.within(Duration.ofHours(1), exchange);

    exchange.complete("answer");

    assertThat(limited.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
  }

  @Test
  void passesOnAnotherFailureAsItIs() {
    CompletableFuture<String> exchange = new CompletableFuture<>();
    CompletableFuture<String> limited = Deadline.within(Duration.ofHours(1), exchange);

    exchange.completeExceptionally(new IllegalStateException("reset"));

    assertThatThrownBy(() -> limited.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("reset");
  }
}
