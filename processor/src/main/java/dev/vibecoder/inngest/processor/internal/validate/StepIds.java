package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The one registry of step ids of a function. */
public final class StepIds {
  private final Problems problems;
  private final Map<String, String> methods = new HashMap<>();
  private final Map<String, String> formers = new HashMap<>();

  public StepIds(Problems problems) {
    this.problems = problems;
  }

  /** Checks an id and remembers it. */
  public void check(String id, String method, Location location) {
    if (id.isEmpty()) {
      problems.add(
          ProblemCode.STEP_ID,
          location,
          "The name of the method " + method + " gives no step id: it has no letter or digit.",
          "Give it an id with @Step(\"...\").");
      return;
    }
    Optional<String> problem = Ids.stepIdProblem(id);
    if (problem.isPresent()) {
      problems.add(
          ProblemCode.STEP_ID,
          location,
          problem.get(),
          "Ids are any text without [ ] : > and control characters.");
      return;
    }
    String other = methods.putIfAbsent(id, method);
    if (other != null) {
      problems.add(
          ProblemCode.DUPLICATE_STEP_ID,
          location,
          "Steps " + other + " and " + method + " have the same id \"" + id + "\".",
          other.equals(method)
              ? "Steps cannot be overloaded: rename one, or give it an id with @Step(\"...\")."
              : "Give one of them another id with @Step(\"...\").");
    }
  }

  /**
   * Checks an id that a step had before and remembers it; all present ids are known by then.
   *
   * @param method the step's method
   * @param id the step's id
   */
  public void checkFormer(String former, String method, String id, Location location) {
    Optional<String> problem = Ids.stepIdProblem(former);
    String other = methods.get(former);
    if (problem.isPresent()) {
      problems.add(
          ProblemCode.STEP_FORMERLY,
          location,
          problem.get(),
          "Ids are any text without [ ] : > and control characters.");
    } else if (former.equals(id)) {
      problems.add(
          ProblemCode.STEP_FORMERLY,
          location,
          "\"" + former + "\" is what step " + method + " is called now.",
          "Name the ids that it had before.");
    } else if (other != null) {
      problems.add(
          ProblemCode.STEP_FORMERLY,
          location,
          "The former id \"" + former + "\" of step " + method + " is that of step " + other + ".",
          "Give the other step another id: a run under way would take one's result for the other's.");
    } else {
      String before = formers.putIfAbsent(former, method);
      if (before != null) {
        problems.add(
            ProblemCode.STEP_FORMERLY,
            location,
            before.equals(method)
                ? "Step " + method + " names its former id \"" + former + "\" twice."
                : "Steps " + before + " and " + method + " both had the id \"" + former + "\".",
            "Name it once, at the step that had it.");
      }
    }
  }
}
