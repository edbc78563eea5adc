package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.internal.execution.ServerModel.Reply;
import dev.vibecoder.inngest.internal.execution.ServerModel.Request;
import dev.vibecoder.inngest.internal.execution.ServerModel.Resolution;
import dev.vibecoder.inngest.internal.execution.ServerModel.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The model of the server must do what the real one was seen to do: stand still and run steps twice
 * under the rules that made it do so, and not under others.
 */
class ServerModelTest {
  private static final int RUNS = 200;

  /** Which operations carry the mode {@code race}. */
  private enum Rule {
    NONE,
    ALL,
    /** Those of a round that has anything but plain steps in it as it stands at the moment. */
    PRESENT_ROUND,
    /** Everything from the first such round on, targeted answers by the present round. */
    FROM_FIRST_ROUND_ON
  }

  /** An app that answers by rule: branches of steps and sleeps, and one step after the join. */
  private static final class RuledApp implements ServerModel.Sdk {
    private final List<List<String>> branches;
    private final Rule rule;
    private final boolean joinAtOnce;
    private final Map<String, Integer> executions = new HashMap<>();

    RuledApp(List<List<String>> branches, Rule rule, boolean joinAtOnce) {
      this.branches = branches;
      this.rule = rule;
      this.joinAtOnce = joinAtOnce;
    }

    @Override
    public Reply call(Request request) {
      ArrayNode operations = JsonNodeFactory.instance.arrayNode();
      String target = request.target();
      List<String> round = round(request.memos());
      boolean raced = raced(round, request.memos(), target != null);
      if (target != null) {
        operations.add(operation("StepRun", target, raced));
        return executed(target, operations);
      }
      for (String step : round) {
        if (step.contains("sleep")) {
          operations.add(operation("Sleep", step, raced).put("name", "1s"));
        } else {
          operations.add(operation("StepPlanned", step, raced));
        }
      }
      if (round.isEmpty()) {
        if (request.memos().containsKey("join")) {
          return new Reply(200, JsonNodeFactory.instance.textNode("end"), false, 0);
        }
        operations.add(operation(joinAtOnce ? "StepRun" : "StepPlanned", "join", raced));
        if (joinAtOnce) {
          return executed("join", operations);
        }
      }
      return new Reply(206, operations, false, 0);
    }

    private Reply executed(String step, ArrayNode operations) {
      executions.merge(step, 1, Integer::sum);
      return new Reply(206, operations, false, 0.005);
    }

    /** The next step of every branch that has one. */
    private List<String> round(Map<String, String> memos) {
      List<String> round = new ArrayList<>();
      for (List<String> branch : branches) {
        branch.stream().filter(step -> !memos.containsKey(step)).findFirst().ifPresent(round::add);
      }
      return round;
    }

    private boolean raced(List<String> round, Map<String, String> memos, boolean targeted) {
      boolean now = round.stream().anyMatch(step -> step.contains("sleep"));
      boolean before = memos.keySet().stream().anyMatch(step -> step.contains("sleep"));
      return switch (rule) {
        case NONE -> false;
        case ALL -> true;
        case PRESENT_ROUND -> now;
        case FROM_FIRST_ROUND_ON -> now || (before && !targeted);
      };
    }

    private static ObjectNode operation(String opcode, String id, boolean raced) {
      ObjectNode operation = JsonNodeFactory.instance.objectNode();
      operation.put("op", opcode).put("id", id).put("data", id);
      if (raced) {
        operation.putObject("opts").put("parallelMode", "race");
      }
      return operation;
    }
  }

  private static List<List<String>> branches(int count, String... steps) {
    List<List<String>> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> branch = new ArrayList<>();
      for (String step : steps) {
        branch.add(step + i);
      }
      branches.add(branch);
    }
    return branches;
  }

  private static ServerModel model(RuledApp app, int seed, int version, double late) {
    return new ServerModel(
        app, operation -> unexpected(operation), new Random(seed), version, 4, 0.02, late);
  }

  private static Resolution unexpected(JsonNode operation) {
    throw new AssertionError(operation.toString());
  }

  private static int stalled(List<List<String>> branches, Rule rule, double late) {
    int stalled = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      if (model(new RuledApp(branches, rule, false), seed, 2, late).run() == Status.STALLED) {
        stalled++;
      }
    }
    return stalled;
  }

  /** How often the step after the join ran, at most, over many runs. */
  private static int executions(Rule rule, int version, boolean joinAtOnce) {
    int most = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      RuledApp app = new RuledApp(branches(5, "step"), rule, joinAtOnce);
      assertThat(model(app, seed, version, 0).run()).isEqualTo(Status.COMPLETED);
      most = Math.max(most, app.executions.getOrDefault("join", 0));
    }
    return most;
  }

  @Test
  void theModeOfThePresentRoundLeavesRunsStanding() {
    assertThat(stalled(branches(5, "first", "sleep", "last"), Rule.PRESENT_ROUND, 0)).isPositive();
  }

  @Test
  void targetedAnswersInTheModeOfThePresentRoundLeaveRunsStandingWhenADiscoveryIsLate() {
    assertThat(stalled(branches(5, "first", "sleep", "last"), Rule.FROM_FIRST_ROUND_ON, 0.2))
        .isPositive();
  }

  @Test
  void withoutAModePlainStepsNeverStand() {
    assertThat(stalled(branches(5, "first", "second", "last"), Rule.NONE, 0.2)).isZero();
  }

  @Test
  void aStepAfterARacedJoinRunsSeveralTimesIfItIsRunAtOnce() {
    assertThat(executions(Rule.NONE, 2, true)).isEqualTo(1);
    assertThat(executions(Rule.ALL, 2, true)).isGreaterThan(1);
    assertThat(executions(Rule.ALL, 1, true)).isGreaterThan(1);
    assertThat(executions(Rule.ALL, 2, false)).isEqualTo(1);
    assertThat(executions(Rule.ALL, 1, false)).isEqualTo(1);
    assertThat(executions(Rule.NONE, 2, false)).isEqualTo(1);
  }

  /** Two branches, {@code a1 a2 a3} and {@code b1 sleep b2}. */
  @Test
  void withoutAModeABranchWaitsForTheSleepOfTheOther() {
    List<List<String>> branches =
        List.of(List.of("a1", "a2", "a3"), List.of("b1", "b-sleep", "b2"));
    assertThat(asked("a3", branches, Rule.NONE)).isGreaterThan(1);
    assertThat(asked("a3", branches, Rule.ALL)).isLessThan(1);
  }

  /** When a step is asked for, in seconds from the start. */
  private static double asked(String step, List<List<String>> branches, Rule rule) {
    double[] at = {-1};
    @Nullable ServerModel[] model = {null};
    RuledApp app = new RuledApp(branches, rule, false);
    ServerModel made =
        new ServerModel(
            request -> {
              ServerModel running = model[0];
              if (step.equals(request.target()) && running != null) {
                at[0] = running.now();
              }
              return app.call(request);
            },
            ServerModelTest::unexpected,
            new Random(1),
            2,
            4,
            0.02,
            0);
    model[0] = made;
    assertThat(made.run()).isEqualTo(Status.COMPLETED);
    return at[0];
  }
}
