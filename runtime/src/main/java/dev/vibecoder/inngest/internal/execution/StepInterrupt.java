package dev.vibecoder.inngest.internal.execution;

/**
 * Leaves the function where it cannot go on in this call. An {@link Error}, so that {@code catch
 * (Exception e)} in a function does not stop it; without a stack, because it is no failure.
 */
@SuppressWarnings("serial")
final class StepInterrupt extends Error {
  StepInterrupt() {
    super(
        "The function is left here until the server calls it again. Do not catch this.",
        null,
        false,
        false);
  }
}
