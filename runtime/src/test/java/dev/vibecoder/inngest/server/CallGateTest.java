package dev.vibecoder.inngest.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.support.LogLines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallGateTest {
  private final List<String> ran = new ArrayList<>();

  @Test
  void aCallThatFindsAPlaceRunsOnTheThreadThatBroughtIt() {
    CallGate gate = new CallGate(1, 0, Runnable::run);
    List<Thread> threads = new ArrayList<>();
    assertThat(gate.enter(() -> threads.add(Thread.currentThread()))).isTrue();
    assertThat(gate.enter(() -> threads.add(Thread.currentThread()))).isTrue();
    assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
  }

  @Test
  void thoseThatWaitRunInTheOrderInWhichTheyCame() {
    CallGate gate = new CallGate(1, 2, Runnable::run);
    gate.enter(
        () -> {
          assertThat(gate.enter(() -> ran.add("second"))).isTrue();
          assertThat(gate.enter(() -> ran.add("third"))).isTrue();
          assertThat(gate.enter(() -> ran.add("turned away"))).isFalse();
          ran.add("first");
        });
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void aThreadThatEndsItsCallDoesNotRunThoseThatWaited() {
    List<Runnable> handedOver = new ArrayList<>();
    CallGate gate = new CallGate(1, 2, handedOver::add);
    gate.enter(
        () -> {
          gate.enter(() -> ran.add("second"));
          ran.add("first");
        });
    assertThat(ran).containsExactly("first");
    assertThat(handedOver).hasSize(1);
    handedOver.get(0).run();
    assertThat(ran).containsExactly("first", "second");
    assertThat(gate.enter(() -> ran.add("third"))).isTrue();
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void asManyAsAreAllowedRunAtOnce() {
    CallGate gate = new CallGate(2, 1, Runnable::run);
    gate.enter(
        () -> {
          gate.enter(() -> ran.add("beside"));
          ran.add("first");
        });
    assertThat(ran).containsExactly("beside", "first");
  }

  @Test
  void aCallThatThrowsLeavesItsPlaceToTheNext() {
    CallGate gate = new CallGate(1, 1, Runnable::run);
    try (LogLines log = new LogLines()) {
      gate.enter(
          () -> {
            gate.enter(() -> ran.add("next"));
            throw new StackOverflowError("deep");
          });
      assertThat(log.lines("StackOverflowError: deep")).isNotEmpty();
    }
    assertThat(gate.enter(() -> ran.add("later"))).isTrue();
    assertThat(ran).containsExactly("next", "later");
  }
}
