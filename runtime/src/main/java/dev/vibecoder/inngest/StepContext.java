package dev.vibecoder.inngest;

import dev.vibecoder.inngest.internal.execution.RunScope;

/**
 * What is known of the step that is being run; only inside a step.
 *
 * @param runId the run's ULID
 * @param stepId the step's id, with {@code :n} for the n-th repeat
 * @param attempt which attempt this is, from 0
 * @param maxAttempts how many attempts there are
 */
public record StepContext(String runId, String stepId, int attempt, int maxAttempts) {
  /**
   * The context of the step that this thread is running.
   *
   * @return the context
   * @throws StepUsageException if this thread is not running a step
   */
  public static StepContext current() {
    return RunScope.currentStep();
  }

  /**
   * A key for services that accept one: the same in every attempt of this step of this run, also
   * when a crash between the work and its report makes the step run again.
   *
   * @return the run's and the step's id
   */
  public String idempotencyKey() {
    return runId + "/" + stepId;
  }
}
