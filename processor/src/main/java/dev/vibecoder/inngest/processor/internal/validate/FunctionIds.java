package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The registry of function ids of a compilation and of the jars it sees. */
public final class FunctionIds {
  private static final String FAILURE_SUFFIX = "-failure";
  private static final String CANCELLED_SUFFIX = "-cancelled";

  private final Problems problems;
  private final Map<String, String> owners = new HashMap<>();

  public FunctionIds(Problems problems) {
    this.problems = problems;
  }

  /** The ends of the ids of a function's own handlers, which are functions as well. */
  public static List<String> companions(boolean handlesFailure, boolean handlesCancellation) {
    List<String> suffixes = new ArrayList<>();
    if (handlesFailure) {
      suffixes.add(FAILURE_SUFFIX);
    }
    if (handlesCancellation) {
      suffixes.add(CANCELLED_SUFFIX);
    }
    return suffixes;
  }

  /** Remembers the id of a function in another jar, and those of its handlers. */
  public void external(String id, String owner, List<String> companions) {
    owners.putIfAbsent(id, owner);
    companions.forEach(suffix -> owners.putIfAbsent(id + suffix, owner));
  }

  /** Checks an id and remembers it, and those of the function's handlers. */
  public void check(String id, String owner, List<String> companions, Location location) {
    if (!Ids.isFunctionId(id)) {
      problems.add(
          ProblemCode.FUNCTION_ID,
          location,
          "\"" + id + "\" is no function id.",
          "Use lower-case letters, digits and single hyphens, at most 64 characters, as in hello-world.");
      return;
    }
    claim(id, owner, location);
    companions.forEach(suffix -> claim(id + suffix, owner, location));
  }

  private void claim(String id, String owner, Location location) {
    String other = owners.putIfAbsent(id, owner);
    if (other != null && !other.equals(owner)) {
      problems.add(
          ProblemCode.DUPLICATE_FUNCTION_ID,
          location,
          "Function id \"" + id + "\" is also used by " + other + ".",
          "Give each function its own id; <id>-failure and <id>-cancelled belong to a function's own"
              + " handlers.");
    }
  }
}
