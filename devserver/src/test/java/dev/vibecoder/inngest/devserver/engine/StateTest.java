package dev.vibecoder.inngest.devserver.engine;

import static dev.vibecoder.inngest.devserver.engine.EngineBench.START;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.function;
import static dev.vibecoder.inngest.devserver.engine.EngineBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StateTest {
  private static final long AMPLE = 1L << 40;

  private static AcceptedEvent event(String id, int size) {
    return new AcceptedEvent(
        id, id, "x", 1, Map.of("data", Payload.of(json("\"" + "y".repeat(size) + "\""))));
  }

  private static void schedule(State state, String runId, AcceptedEvent event) {
    state.apply(new Fact.RunScheduled(START, runId, "app", function("f", "x", null), event));
  }

  private static void end(State state, String runId) {
    state.apply(new Fact.RunEnded(START, runId, RunStatus.COMPLETED, Payload.NULL));
  }

  @Test
  void endedRunsBeyondTheNumberAreForgotten() {
    State state = new State(new Retention(2, AMPLE), 0);
    for (int i = 0; i < 4; i++) {
      schedule(state, "run" + i, event("e" + i, 1));
      end(state, "run" + i);
    }
    assertThat(state.runsNewestFirst()).extracting(run -> run.id).containsExactly("run3", "run2");
    assertThat(state.runsOf("e0")).isEmpty();
  }

  @Test
  void forgettingOneRunLeavesTheOthersOfItsEvent() {
    State state = new State(new Retention(1, AMPLE), 0);
    AcceptedEvent shared = event("shared", 1);
    state.apply(new Fact.EventReceived(START, shared));
    schedule(state, "quick", shared);
    schedule(state, "late", shared);
    end(state, "quick");
    schedule(state, "next", event("other", 1));
    end(state, "next");

    assertThat(state.run("quick")).isEmpty();
    assertThat(state.runsOf("shared")).extracting(run -> run.id).containsExactly("late");
  }

  @Test
  void endedRunsAndEventsBeyondTheBudgetAreForgottenAndOpenOnesKept() {
    State state = new State(new Retention(1_000, 100_000), 0);
    AcceptedEvent first = event("first", 10_000);
    state.apply(new Fact.EventReceived(START, first));
    schedule(state, "open", first);
    for (int i = 0; i < 100; i++) {
      AcceptedEvent event = event("e" + i, 10_000);
      state.apply(new Fact.EventReceived(START.plusSeconds(i), event));
      schedule(state, "run" + i, event);
      end(state, "run" + i);
    }
    assertThat(state.bytes()).isLessThanOrEqualTo(100_000).isGreaterThan(50_000);
    assertThat(state.run("open")).isPresent();
    assertThat(state.run("run99")).isPresent();
    assertThat(state.run("run0")).isEmpty();
    assertThat(state.event("e0")).isEmpty();
    assertThat(state.event("e99")).isPresent();
  }

  @Test
  void anEventTakesRoomOnceHoweverManyRunsItStarts() {
    State state = new State(new Retention(1_000, AMPLE), 0);
    AcceptedEvent event = event("e", 100_000);
    state.apply(new Fact.EventReceived(START, event));
    for (int i = 0; i < 10; i++) {
      schedule(state, "run" + i, event);
    }
    assertThat(state.bytes()).isLessThan(200_000);
  }

  @Test
  void whatIsForgottenTakesNoRoom() {
    State state = new State(new Retention(0, AMPLE), 0);
    AcceptedEvent event = event("e", 1_000);
    state.apply(new Fact.EventReceived(START, event));
    schedule(state, "run", event);
    end(state, "run");

    assertThat(state.bytes()).isZero();
  }

  @Test
  void theOldestStartsAreForgottenBeyondALimit() {
    State state = new State(new Retention(0, AMPLE), 0);
    for (int i = 0; i <= State.MAX_STARTS; i++) {
      schedule(state, "run" + i, event("e" + i, 1));
      end(state, "run" + i);
    }
    assertThat(state.started("app-f", "e0", START)).isFalse();
    assertThat(state.started("app-f", "e1", START)).isTrue();
    assertThat(state.started("app-f", "e1", START.plus(State.IDEMPOTENCY).plusMillis(1))).isFalse();
  }
}
