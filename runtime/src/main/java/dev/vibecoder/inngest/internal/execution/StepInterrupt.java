package dev.vibecoder.inngest.internal.execution;

/**
 * Leaves the function, or a branch, where it cannot go on in this call. An {@link Error}, so that
 * {@code catch (Exception e)} in a function does not stop it; without a stack and without
 * suppressed exceptions, because it is no failure, so one serves for all.
 */
// It has no stack to keep alive.
@SuppressWarnings({"serial", "StaticAssignmentOfThrowable"})
final class StepInterrupt extends Error {
  static final StepInterrupt INSTANCE = new StepInterrupt();

  private StepInterrupt() {
    super(
        "The function is left here until the server calls it again. Do not catch this.",
        null,
        false,
        false);
  }
}
