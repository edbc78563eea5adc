package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.StubApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A run that is driven call by call, with failures, retries, planning and sleeping in between, must
 * give what the same program gives when it is run straight through, and no body may run again once
 * it has succeeded.
 */
class ReplayPropertyTest {
  private static final int MAX_ATTEMPTS = 20;
  private static final int MAX_CALLS = 2_000;

  private enum Kind {
    RUN,
    FLAKY,
    FAILING,
    THROWING_BETWEEN,
    SLEEP,
    SEND
  }

  /** One line of a program; ids repeat, so that counting matters. */
  private record Line(Kind kind, String id, int value) {}

  /** Counts what a program did, beyond its runs. */
  private static final class World {
    final Map<Integer, Integer> started = new HashMap<>();
    final Map<Integer, Integer> succeeded = new HashMap<>();

    int start(int position) {
      return started.merge(position, 1, Integer::sum);
    }

    void succeed(int position) {
      succeeded.merge(position, 1, Integer::sum);
    }
  }

  @Test
  void drivenCallByCallAProgramGivesWhatItGivesStraightThrough() {
    try (StubApi api = StubApi.accepting()) {
      for (int seed = 0; seed < 150; seed++) {
        List<Line> program = program(new Random(seed));
        World world = new World();
        App app = App.function(api, (event, step) -> interpret(program, step, world));
        JsonNode result = drive(app, new Random(seed));
        assertThat(result).as("program %s: %s", seed, program).isEqualTo(straight(program));
        assertThat(world.succeeded.values()).as("program %s", seed).allMatch(times -> times == 1);
      }
    }
  }

  private static List<Line> program(Random random) {
    List<Line> lines = new ArrayList<>();
    for (int i = random.nextInt(14); i >= 0; i--) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      lines.add(new Line(kind, "id" + random.nextInt(3), random.nextInt(100)));
    }
    return lines;
  }

  private static List<Object> interpret(List<Line> program, Steps step, World world) {
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < program.size(); i++) {
      Line line = program.get(i);
      int position = i;
      switch (line.kind()) {
        case RUN, FLAKY ->
            results.add(
                step.run(
                    line.id(),
                    Integer.class,
                    () -> {
                      if (world.start(position) < 3 && line.kind() == Kind.FLAKY) {
                        throw new IllegalStateException("not yet");
                      }
                      world.succeed(position);
                      return line.value();
                    }));
        case FAILING -> {
          try {
            step.run(
                line.id(),
                () -> {
                  if (line.value() % 2 == 0) {
                    throw new NonRetriableException("never " + line.value());
                  }
                  throw new IllegalStateException("never " + line.value());
                });
          } catch (StepFailedException e) {
            results.add("caught " + e.getMessage());
          }
        }
        case THROWING_BETWEEN -> {
          if (world.start(position) < 2) {
            throw new IllegalStateException("between steps");
          }
        }
        case SLEEP -> step.sleep(line.id(), Duration.ofSeconds(line.value()));
        case SEND ->
            results.add(
                step.send(
                        line.id(),
                        JsonEvent.of(
                            "test/sent", JsonNodeFactory.instance.objectNode().put("n", 1)))
                    .id());
        default -> throw new AssertionError(line);
      }
    }
    return results;
  }

  private static JsonNode straight(List<Line> program) {
    var results = JsonNodeFactory.instance.arrayNode();
    for (Line line : program) {
      switch (line.kind()) {
        case RUN, FLAKY -> results.add(line.value());
        case FAILING -> results.add("caught never " + line.value());
        case SEND -> results.add("id-0");
        case SLEEP, THROWING_BETWEEN -> {}
        default -> throw new AssertionError(line);
      }
    }
    return results;
  }

  /** The server, as far as a straight-line program needs one. */
  private static JsonNode drive(App app, Random random) {
    Map<String, String> memos = new LinkedHashMap<>();
    int attempt = 0;
    String planned = "";
    for (int calls = 0; calls < MAX_CALLS; calls++) {
      Call call = Call.first().memos(memos).attempt(attempt, MAX_ATTEMPTS);
      if (!planned.isEmpty()) {
        call.targetHash(planned);
      } else if (random.nextInt(3) == 0) {
        call.planOnly();
      }
      Answer answer = app.call(call);
      if (answer.status() == 200) {
        return answer.json();
      }
      if (answer.status() == 500) {
        assertThat(answer.noRetry()).isEqualTo("false");
        attempt++;
        continue;
      }
      JsonNode operation = answer.operation();
      String hash = operation.path("id").asText();
      assertThat(memos).as("a step that is done was reported").doesNotContainKey(hash);
      switch (operation.path("op").asText()) {
        case "StepPlanned" -> {
          planned = hash;
          continue;
        }
        case "StepError" -> {
          assertThat(answer.noRetry()).isEqualTo("false");
          attempt++;
          continue;
        }
        case "StepRun" -> memos.put(hash, "{\"data\":" + operation.path("data") + "}");
        case "StepFailed" -> memos.put(hash, "{\"error\":" + operation.path("error") + "}");
        case "Sleep" -> memos.put(hash, "null");
        default -> throw new AssertionError(operation.toString());
      }
      planned = "";
      attempt = 0;
    }
    throw new AssertionError("The run does not end: " + memos);
  }
}
