package dev.vibecoder.inngest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitTest {
  private static final Wait WAIT = Wait.atMost(Duration.ofDays(1));

  @Test
  void aSingleConditionStaysAsItWasWritten() {
    assertThat(WAIT.match("data.id").expression()).contains("event.data.id == async.data.id");
    assertThat(WAIT.when("async.data.a || async.data.b").expression())
        .contains("async.data.a || async.data.b");
  }

  @Test
  void whatWasWantedBeforeHoldsAsWellWhateverBindsLess() {
    assertThat(WAIT.when("async.data.a || async.data.b").match("data.id").expression())
        .contains("(async.data.a || async.data.b) && (event.data.id == async.data.id)");
    assertThat(WAIT.match("data.id").when("async.data.a || async.data.b").expression())
        .contains("(event.data.id == async.data.id) && (async.data.a || async.data.b)");
    assertThat(WAIT.when("a || b").when("c || d").when("e").expression())
        .contains("((a || b) && (c || d)) && (e)");
  }
}
