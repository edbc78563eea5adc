package dev.vibecoder.inngest.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.function.FunctionHandler;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.LogLines;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MarkerFactory;

class ReplaySilentLoggerTest {
  private static List<String> logged(FunctionHandler<JsonEvent> code, Call call) {
    App app = App.function(code);
    try (LogLines lines = new LogLines()) {
      app.call(call);
      return lines.lines("inngest.function.fn").stream()
          .map(line -> line.substring(line.indexOf(" - ") + 3))
          .toList();
    }
  }

  private static final FunctionHandler<JsonEvent> SEQUENCE =
      (event, step) -> {
        Logger log = step.context().logger();
        log.info("start {}", 1);
        step.run("one", () -> log.info("in one"));
        log.info("between {} and {}", "one", "two");
        step.run("two", () -> log.info("in two"));
        log.warn("end", new IllegalStateException("shown"));
        return null;
      };

  @Test
  void everyLineIsWrittenOnce() {
    assertThat(logged(SEQUENCE, Call.first())).containsExactly("start 1", "in one");
    assertThat(logged(SEQUENCE, Call.first().done("one", "null")))
        .containsExactly("between one and two", "in two");
    assertThat(logged(SEQUENCE, Call.first().done("one", "null").done("two", "null")))
        .containsExactly("end");
  }

  private static final FunctionHandler<JsonEvent> GROUP =
      (event, step) -> {
        Logger log = step.context().logger();
        log.info("start");
        step.parallel(
            () -> {
              log.info("before a");
              step.run("a", () -> log.info("in a"));
            },
            () -> {
              log.info("before b");
              step.run("b", () -> log.info("in b"));
            });
        log.info("end");
        return null;
      };

  @Test
  void whoAsksForAStepHasSeenEverythingElse() {
    assertThat(logged(GROUP, Call.first())).containsExactly("start", "before a", "before b");
    assertThat(logged(GROUP, Call.first().target("a"))).containsExactly("in a");
    assertThat(logged(GROUP, Call.first().done("a", "null").target("b"))).containsExactly("in b");
    assertThat(logged(GROUP, Call.first().done("a", "null").done("b", "null")))
        .containsExactly("end");
  }

  private static final FunctionHandler<JsonEvent> LONG_BRANCHES =
      (event, step) -> {
        Logger log = step.context().logger();
        step.parallel(
            () -> {
              step.run("a1", () -> {});
              log.info("after a1");
              step.parallel(
                  () -> {
                    log.info("before a2");
                    step.run("a2", () -> {});
                    log.info("after a2");
                  },
                  () -> step.run("a3", () -> {}));
            },
            () -> {
              step.run("b1", () -> {});
              log.info("after b1");
              step.sleep("nap", Duration.ofSeconds(1));
              log.info("awake");
            });
        log.info("joined");
        step.run("last", () -> {});
        return null;
      };

  private static Call done(String... steps) {
    Call call = Call.first();
    for (String step : steps) {
      call = call.done(step, "null");
    }
    return call;
  }

  @Test
  void noLineBetweenTheLastMemoOfABranchAndItsNextStepIsLost() {
    assertThat(logged(LONG_BRANCHES, done())).isEmpty();
    assertThat(logged(LONG_BRANCHES, done("a1", "b1")))
        .containsExactly("after a1", "before a2", "after b1");
    assertThat(logged(LONG_BRANCHES, done("b1", "a1")))
        .containsExactly("after a1", "before a2", "after b1");
    assertThat(logged(LONG_BRANCHES, done("a1", "b1").target("a1>a2"))).isEmpty();
    assertThat(logged(LONG_BRANCHES, done("a1", "b1", "a1>a2", "a1>a3")))
        .containsExactlyInAnyOrder("after a2", "after b1");
    assertThat(logged(LONG_BRANCHES, done("a1", "b1", "a1>a2", "a1>a3").memo("b1>nap", "null")))
        .containsExactly("after a2", "awake", "joined");
    assertThat(
            logged(
                LONG_BRANCHES, done("a1", "b1", "a1>a2", "a1>a3", "last").memo("b1>nap", "null")))
        .isEmpty();
  }

  @Test
  void whatABranchLoggedIsNotLoggedAgainWhileItWaits() {
    App app = App.function(LONG_BRANCHES);
    try (LogLines lines = new LogLines()) {
      app.call(done("a1"));
      app.call(done("a1", "b1"));
      app.call(done("a1", "b1", "a1>a2"));
      app.call(done("a1", "b1", "a1>a2", "a1>a3"));
      app.call(done("a1", "b1", "a1>a2", "a1>a3").memo("b1>nap", "null"));
      assertThat(lines.lines("inngest.function.fn"))
          .extracting(line -> line.substring(line.indexOf(" - ") + 3))
          .containsExactly("after a1", "before a2", "after b1", "after a2", "awake", "joined");
    }
  }

  @Test
  void levelsAreThoseOfTheLoggerBehind() {
    FunctionHandler<JsonEvent> code =
        (event, step) -> {
          Logger log = step.context().logger();
          assertThat(log.getName()).isEqualTo("inngest.function.fn");
          assertThat(log.isTraceEnabled()).isFalse();
          assertThat(log.isInfoEnabled()).isTrue();
          assertThat(log.isErrorEnabled(MarkerFactory.getMarker("m"))).isTrue();
          log.debug("not shown");
          log.atInfo().addMarker(MarkerFactory.getMarker("m")).log("fluent");
          log.info(MarkerFactory.getMarker("m"), "marked {}", 1);
          step.run("one", () -> {});
          return null;
        };
    assertThat(logged(code, Call.first())).hasSize(2).last().asString().endsWith("marked 1");
    FunctionHandler<JsonEvent> replay =
        (event, step) -> {
          assertThat(step.context().logger().isErrorEnabled()).isFalse();
          step.run("one", () -> {});
          return step.context().logger().isErrorEnabled();
        };
    assertThat(App.function(replay).call(Call.first().done("one", "null")).text())
        .isEqualTo("true");
  }

  @Test
  void otherThreadsAreNeverSilent() {
    FunctionHandler<JsonEvent> code =
        (event, step) -> {
          Logger log = step.context().logger();
          Thread other = new Thread(() -> log.info("elsewhere"));
          other.start();
          other.join();
          step.run("one", () -> {});
          return null;
        };
    assertThat(logged(code, Call.first().done("one", "null"))).containsExactly("elsewhere");
  }
}
