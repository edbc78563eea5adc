package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import java.util.HashMap;
import java.util.Map;

/** The registry of function ids of a compilation and of the jars it sees. */
public final class FunctionIds {
  private static final String FAILURE_SUFFIX = "-failure";

  private final Problems problems;
  private final Map<String, String> owners = new HashMap<>();

  public FunctionIds(Problems problems) {
    this.problems = problems;
  }

  /** Remembers the id of a function in another jar. */
  public void external(String id, String owner) {
    owners.putIfAbsent(id, owner);
  }

  /** Checks an id and remembers it. */
  public void check(String id, String owner, boolean handlesFailure, Location location) {
    if (!Ids.isFunctionId(id)) {
      problems.add(
          ProblemCode.FUNCTION_ID,
          location,
          "\"" + id + "\" is no function id.",
          "Use lower-case letters, digits and single hyphens, at most 64 characters, as in hello-world.");
      return;
    }
    claim(id, owner, location);
    if (handlesFailure) {
      claim(id + FAILURE_SUFFIX, owner, location);
    }
  }

  private void claim(String id, String owner, Location location) {
    String other = owners.putIfAbsent(id, owner);
    if (other != null && !other.equals(owner)) {
      problems.add(
          ProblemCode.DUPLICATE_FUNCTION_ID,
          location,
          "Function id \"" + id + "\" is also used by " + other + ".",
          "Give each function its own id; <id>-failure belongs to a function's failure handler.");
    }
  }
}
