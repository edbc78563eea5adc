package dev.vibecoder.inngest.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.support.LogLines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallGateTest {
  private final List<String> ran = new ArrayList<>();

  private static boolean enter(CallGate gate, Runnable call, long bytes) {
    return gate.enter(call, "a call", bytes);
  }

  @Test
  void aCallThatFindsAPlaceRunsOnTheThreadThatBroughtIt() {
    CallGate gate = new CallGate(1, 0, 1_000, Runnable::run);
    List<Thread> threads = new ArrayList<>();
    assertThat(enter(gate, () -> threads.add(Thread.currentThread()), 1)).isTrue();
    assertThat(enter(gate, () -> threads.add(Thread.currentThread()), 1)).isTrue();
    assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
  }

  @Test
  void thoseThatWaitRunInTheOrderInWhichTheyCame() {
    CallGate gate = new CallGate(1, 2, 1_000, Runnable::run);
    enter(
        gate,
        () -> {
          assertThat(enter(gate, () -> ran.add("second"), 1)).isTrue();
          assertThat(enter(gate, () -> ran.add("third"), 1)).isTrue();
          assertThat(enter(gate, () -> ran.add("turned away"), 1)).isFalse();
          ran.add("first");
        },
        1);
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void aThreadThatEndsItsCallDoesNotRunThoseThatWaited() {
    List<Runnable> handedOver = new ArrayList<>();
    CallGate gate = new CallGate(1, 2, 1_000, handedOver::add);
    enter(
        gate,
        () -> {
          enter(gate, () -> ran.add("second"), 1);
          ran.add("first");
        },
        1);
    assertThat(ran).containsExactly("first");
    assertThat(handedOver).hasSize(1);
    handedOver.get(0).run();
    assertThat(ran).containsExactly("first", "second");
    assertThat(enter(gate, () -> ran.add("third"), 1)).isTrue();
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void asManyAsAreAllowedRunAtOnce() {
    CallGate gate = new CallGate(2, 1, 1_000, Runnable::run);
    enter(
        gate,
        () -> {
          enter(gate, () -> ran.add("beside"), 1);
          ran.add("first");
        },
        1);
    assertThat(ran).containsExactly("beside", "first");
  }

  @Test
  void aCallThatThrowsLeavesItsPlaceToTheNext() {
    CallGate gate = new CallGate(1, 1, 1_000, Runnable::run);
    try (LogLines log = new LogLines()) {
      enter(
          gate,
          () -> {
            enter(gate, () -> ran.add("next"), 1);
            throw new StackOverflowError("deep");
          },
          1);
      assertThat(log.lines("StackOverflowError: deep")).isNotEmpty();
    }
    assertThat(enter(gate, () -> ran.add("later"), 1)).isTrue();
    assertThat(ran).containsExactly("next", "later");
  }

  @Test
  void thoseThatWaitHoldNoMoreBytesThanAllowed() {
    CallGate gate = new CallGate(1, 10, 100, Runnable::run);
    enter(
        gate,
        () -> {
          assertThat(enter(gate, () -> ran.add("60"), 60)).isTrue();
          assertThat(enter(gate, () -> ran.add("too much"), 41)).isFalse();
          assertThat(enter(gate, () -> ran.add("40"), 40)).isTrue();
          assertThat(enter(gate, () -> ran.add("nothing"), 0)).isTrue();
        },
        1_000);
    assertThat(ran).containsExactly("60", "40", "nothing");
    enter(gate, () -> assertThat(enter(gate, () -> ran.add("all of it again"), 100)).isTrue(), 0);
    assertThat(ran).endsWith("all of it again");
  }

  @Test
  void whatIsCutOffIsInterruptedAndNothingBeginsAfterIt() {
    List<Runnable> handedOver = new ArrayList<>();
    CallGate gate = new CallGate(1, 2, 1_000, handedOver::add);
    List<CallGate.CutOff> cut = new ArrayList<>();
    gate.enter(
        () -> {
          enter(gate, () -> ran.add("waited"), 1);
          cut.add(gate.cutOff());
          ran.add("interrupted: " + Thread.interrupted());
        },
        "the first call",
        1);
    assertThat(cut).containsExactly(new CallGate.CutOff(List.of("the first call"), 1));
    assertThat(enter(gate, () -> ran.add("late"), 1)).isFalse();
    handedOver.forEach(Runnable::run);
    assertThat(ran).containsExactly("interrupted: true");
  }

  @Test
  void whatWasHandedOverWhenTheOthersWereCutOffDoesNotBegin() {
    List<Runnable> handedOver = new ArrayList<>();
    CallGate gate = new CallGate(1, 2, 1_000, handedOver::add);
    enter(gate, () -> enter(gate, () -> ran.add("waited"), 1), 1);
    assertThat(gate.cutOff().running()).isEmpty();
    handedOver.forEach(Runnable::run);
    assertThat(ran).isEmpty();
  }
}
