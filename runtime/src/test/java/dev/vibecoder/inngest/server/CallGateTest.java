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
    CallGate gate = new CallGate(1, 0, 1_000, Runnable::run);
    List<Thread> threads = new ArrayList<>();
    assertThat(gate.enter(() -> threads.add(Thread.currentThread()), 1)).isTrue();
    assertThat(gate.enter(() -> threads.add(Thread.currentThread()), 1)).isTrue();
    assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
  }

  @Test
  void thoseThatWaitRunInTheOrderInWhichTheyCame() {
    CallGate gate = new CallGate(1, 2, 1_000, Runnable::run);
    gate.enter(
        () -> {
          assertThat(gate.enter(() -> ran.add("second"), 1)).isTrue();
          assertThat(gate.enter(() -> ran.add("third"), 1)).isTrue();
          assertThat(gate.enter(() -> ran.add("turned away"), 1)).isFalse();
          ran.add("first");
        },
        1);
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void aThreadThatEndsItsCallDoesNotRunThoseThatWaited() {
    List<Runnable> handedOver = new ArrayList<>();
    CallGate gate = new CallGate(1, 2, 1_000, handedOver::add);
    gate.enter(
        () -> {
          gate.enter(() -> ran.add("second"), 1);
          ran.add("first");
        },
        1);
    assertThat(ran).containsExactly("first");
    assertThat(handedOver).hasSize(1);
    handedOver.get(0).run();
    assertThat(ran).containsExactly("first", "second");
    assertThat(gate.enter(() -> ran.add("third"), 1)).isTrue();
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void asManyAsAreAllowedRunAtOnce() {
    CallGate gate = new CallGate(2, 1, 1_000, Runnable::run);
    gate.enter(
        () -> {
          gate.enter(() -> ran.add("beside"), 1);
          ran.add("first");
        },
        1);
    assertThat(ran).containsExactly("beside", "first");
  }

  @Test
  void aCallThatThrowsLeavesItsPlaceToTheNext() {
    CallGate gate = new CallGate(1, 1, 1_000, Runnable::run);
    try (LogLines log = new LogLines()) {
      gate.enter(
          () -> {
            gate.enter(() -> ran.add("next"), 1);
            throw new StackOverflowError("deep");
          },
          1);
      assertThat(log.lines("StackOverflowError: deep")).isNotEmpty();
    }
    assertThat(gate.enter(() -> ran.add("later"), 1)).isTrue();
    assertThat(ran).containsExactly("next", "later");
  }

  @Test
  void thoseThatWaitHoldNoMoreBytesThanAllowed() {
    CallGate gate = new CallGate(1, 10, 100, Runnable::run);
    gate.enter(
        () -> {
          assertThat(gate.enter(() -> ran.add("60"), 60)).isTrue();
          assertThat(gate.enter(() -> ran.add("too much"), 41)).isFalse();
          assertThat(gate.enter(() -> ran.add("40"), 40)).isTrue();
          assertThat(gate.enter(() -> ran.add("nothing"), 0)).isTrue();
        },
        1_000);
    assertThat(ran).containsExactly("60", "40", "nothing");
    gate.enter(() -> assertThat(gate.enter(() -> ran.add("all of it again"), 100)).isTrue(), 0);
    assertThat(ran).endsWith("all of it again");
  }
}
