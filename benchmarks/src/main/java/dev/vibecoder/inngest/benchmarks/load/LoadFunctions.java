package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.function.FunctionDefinition;
import java.util.List;

/** The functions under load. */
final class LoadFunctions {
  private LoadFunctions() {}

  /** What a step returns. */
  record Result(int number, List<String> tags, String text) {}

  static List<FunctionDefinition> all() {
    return List.of(noStep(), steps(), slow());
  }

  private static FunctionDefinition noStep() {
    return FunctionDefinition.define("no-step").on("load/call").handle((event, step) -> "done");
  }

  /** Reads as many steps as the event says, and runs one more. */
  private static FunctionDefinition steps() {
    return FunctionDefinition.define("steps")
        .on("load/call")
        .handle(
            (event, step) -> {
              int steps = event.data().get("steps").intValue();
              int sum = 0;
              for (int i = 0; i <= steps; i++) {
                int number = i;
                sum +=
                    step.run(
                            "step-" + i,
                            Result.class,
                            () -> new Result(number, List.of("alpha", "beta"), "new"))
                        .number();
              }
              return sum;
            });
  }

  private static FunctionDefinition slow() {
    return FunctionDefinition.define("slow")
        .on("load/call")
        .handle(
            (event, step) -> {
              step.run("slow", () -> Thread.sleep(2_000));
              return null;
            });
  }
}
