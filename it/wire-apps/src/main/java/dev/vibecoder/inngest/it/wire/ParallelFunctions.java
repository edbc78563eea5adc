package dev.vibecoder.inngest.it.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.Results2;
import dev.vibecoder.inngest.Results4;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.FunctionDefinition;
import java.time.Duration;
import java.util.List;

/** Functions whose steps run at the same time. */
final class ParallelFunctions {
  private static final WireErrors ERRORS = WireErrors.load();

  List<FunctionDefinition> all() {
    return List.of(parallel(), branches(), mixed());
  }

  private static FunctionDefinition parallel() {
    return FunctionDefinition.define("parallel")
        .on("rec/parallel")
        .handle(
            (event, step) -> {
              Results2<String, String> both =
                  step.parallel(
                      () -> step.run("a", String.class, () -> "A"),
                      () -> step.run("b", String.class, () -> "B"));
              return step.run("join", String.class, () -> both.first() + both.second());
            });
  }

  private static FunctionDefinition branches() {
    return FunctionDefinition.define("branches")
        .on("rec/branches")
        .handle(
            (event, step) -> {
              Results2<Integer, Integer> both =
                  step.parallel(
                      () -> {
                        step.run("a1", Integer.class, () -> 1);
                        return step.run("a2", Integer.class, () -> 2);
                      },
                      () -> {
                        step.run("b1", Integer.class, () -> 1);
                        step.sleep("b-nap", Duration.ofSeconds(1));
                        return step.run("b2", Integer.class, () -> 2);
                      });
              return List.of(both.first(), both.second());
            });
  }

  private static FunctionDefinition mixed() {
    return FunctionDefinition.define("parallel-mixed")
        .on("rec/parallel-mixed")
        .retries(0)
        .handle(
            (event, step) -> {
              Results4<ObjectNode, ObjectNode, ObjectNode, ObjectNode> all =
                  step.parallel(
                      () -> fulfilled().put("value", step.run("ok", Integer.class, () -> 1)),
                      () -> {
                        try {
                          step.run(
                              "ko",
                              () -> {
                                throw ERRORS.error("ko");
                              });
                          return fulfilled().putNull("value");
                        } catch (StepFailedException e) {
                          ObjectNode rejected = object().put("status", "rejected");
                          rejected
                              .putObject("reason")
                              .put("stepId", e.stepId())
                              .put("name", e.name());
                          return rejected;
                        }
                      },
                      () -> {
                        step.sleep("nap", Duration.ofSeconds(1));
                        return fulfilled().putNull("value");
                      },
                      () -> {
                        step.waitForEvent(
                            "w", EventType.json("rec/never"), Wait.atMost(Duration.ofSeconds(1)));
                        return fulfilled().putNull("value");
                      });
              return List.of(all.first(), all.second(), all.third(), all.fourth());
            });
  }

  private static ObjectNode fulfilled() {
    return object().put("status", "fulfilled");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
