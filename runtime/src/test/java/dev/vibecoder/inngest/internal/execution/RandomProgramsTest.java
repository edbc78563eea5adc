package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vibecoder.inngest.internal.execution.RandomProgram.Line;
import dev.vibecoder.inngest.internal.execution.ServerModel.Reply;
import dev.vibecoder.inngest.internal.execution.ServerModel.Resolution;
import dev.vibecoder.inngest.internal.execution.ServerModel.Status;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.App.Answer;
import dev.vibecoder.inngest.support.Call;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random functions, driven request by request by the model of the real server, must give what they
 * give when they are run straight through; no body runs again once it has succeeded, and no run
 * ever stands still.
 */
class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("inngest.programs", 300);
  private static final int FIRST_SEED = Integer.getInteger("inngest.seed", 0);
  private static final int MAX_ATTEMPTS = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void drivenRequestByRequestAProgramGivesWhatItGivesStraightThrough() {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
      check(seed, 2);
    }
  }

  @Test
  void alsoInRunsOfTheFirstProtocolVersion() {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS / 4; seed++) {
      check(seed, 1);
    }
  }

  private static void check(int seed, int version) {
    Random random = new Random(seed);
    List<Line> program = RandomProgram.next(random, 3 + random.nextInt(22));
    ProgramFunction function = new ProgramFunction(program);
    App app = App.function((event, step) -> function.handle(step));
    ServerModel model =
        new ServerModel(
            request -> {
              Call call =
                  Call.first()
                      .memos(request.memos())
                      .attempt(request.attempt(), MAX_ATTEMPTS)
                      .version(version);
              String target = request.target();
              if (target != null) {
                call.targetHash(target);
              }
              if (request.planOnly()) {
                call.planOnly();
              }
              Answer answer = app.call(call);
              double took = random.nextInt(20) == 0 ? 2 : random.nextDouble() * 0.05;
              return new Reply(
                  answer.status(), answer.json(), answer.noRetry().equals("true"), took);
            },
            operation -> resolve(operation, random),
            random,
            version,
            MAX_ATTEMPTS,
            random.nextBoolean() ? 0.02 : 0.15,
            random.nextBoolean() ? 0.05 : 0);
    String what = "seed " + seed + ": " + program;
    assertThat(model.run()).as("%s: %s", what, model.trouble()).isEqualTo(Status.COMPLETED);
    StraightRun straight = new StraightRun(model.memos());
    JsonNode expected;
    try {
      expected = JSON.valueToTree(straight.result(program));
    } catch (AssertionError e) {
      throw new AssertionError(what + " gave " + model.result(), e);
    }
    assertThat(model.result()).as(what).isEqualTo(expected);
    assertThat(function.succeeded.values()).as(what).allMatch(times -> times == 1);
    assertThat(function.succeeded.keySet()).as(what).containsAll(straight.run);
    function.succeeded.keySet().removeAll(straight.run);
    assertThat(straight.perhapsRun).as(what).containsAll(function.succeeded.keySet());
  }

  private static Resolution resolve(JsonNode operation, Random random) {
    double after = random.nextInt(4) == 0 ? 5 : random.nextDouble() * 0.3;
    String id = operation.path("id").asText();
    if (operation.path("op").asText().equals("WaitForEvent")) {
      return new Resolution(
          after,
          random.nextInt(3) == 0
              ? "null"
              : "{\"name\":\"test/answer\",\"id\":\"e\",\"ts\":1,\"data\":{\"at\":\""
                  + id
                  + "\"}}");
    }
    return new Resolution(
        after,
        random.nextInt(4) == 0
            ? "{\"error\":{\"name\":\"Error\",\"message\":\"child " + id + "\"}}"
            : "{\"data\":\"" + id + "\"}");
  }
}
