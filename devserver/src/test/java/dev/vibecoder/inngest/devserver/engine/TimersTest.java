package dev.vibecoder.inngest.devserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimersTest {
  @Test
  void nothingIsLeftOfATimerThatIsCancelled() {
    Timers timers = new Timers();
    Timers.Timer first = timers.at(EngineBench.START, () -> {});
    timers.at(EngineBench.START.plusSeconds(1), () -> {});

    timers.cancel(first);

    assertThat(timers.size()).isEqualTo(1);
    assertThat(timers.next()).contains(EngineBench.START.plusSeconds(1));
    assertThat(timers.due(EngineBench.START)).isEmpty();
  }
}
