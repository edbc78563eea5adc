package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.function.FunctionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code POST} asks for.
 *
 * @param probe which probe it is, or null for a call
 * @param fnId the function's id as the server knows it, or null if there is none
 * @param function the function, or null if there is no such one
 * @param stepId the hash of the one step that is asked for, or null for whatever comes next
 */
record CallTarget(
    @Nullable String probe,
    @Nullable String fnId,
    @Nullable FunctionDefinition function,
    @Nullable String stepId) {
  /** Whether a function runs for it, so that its answer may take any time. */
  boolean runsFunction() {
    return probe == null && function != null;
  }
}
