package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.wire.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one call of a function ended. */
public sealed interface CallOutcome {
  /**
   * The function returned.
   *
   * @param json its result
   */
  record Returned(byte[] json) implements CallOutcome {}

  /**
   * The function was left at a step.
   *
   * @param operations what there is to report, at least one
   * @param noRetry whether a step failed for good, null if none failed
   * @param retryAfter when a failed step wants to be tried again, or null
   */
  record Reported(
      List<Operation> operations, @Nullable Boolean noRetry, @Nullable String retryAfter)
      implements CallOutcome {}

  /**
   * The function threw.
   *
   * @param error what it threw
   * @param noRetry whether trying again is useless or over
   * @param retryAfter when it wants to be tried again, or null
   */
  record Threw(JsonNode error, boolean noRetry, @Nullable String retryAfter)
      implements CallOutcome {}

  /**
   * The step that was asked for was not reached.
   *
   * @param target the hash that was asked for
   * @param found the new steps that were reached instead
   */
  record TargetNotFound(String target, List<FoundStep> found) implements CallOutcome {}

  /**
   * A step that was reached and is not done.
   *
   * @param hash identity on the wire
   * @param name the step's id
   * @param displayName the name for people
   */
  record FoundStep(String hash, String name, String displayName) {}
}
