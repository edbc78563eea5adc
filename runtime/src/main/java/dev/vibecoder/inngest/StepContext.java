package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.execution.RunScope;
import java.util.List;

/**
 * What is known of the step that is being run; only inside a step.
 *
 * @param runId the run's ULID
 * @param stepId the step's id, with {@code :n} for the n-th repeat
 * @param attempt which attempt this is, from 0
 * @param maxAttempts how many attempts there are; 0 if the server did not say
 * @param input what a person gave the step in the dashboard when starting the run again from there,
 *     not to be changed; mostly empty
 * @param idempotencyKey a key for services that accept one: the same in every attempt of this step
 *     of this run, also when a crash between the work and its report makes the step run again, and
 *     when the step was renamed meanwhile. It is made of the run's id and the step's; of a step
 *     with {@linkplain dev.vibecoder.inngest.function.StepDefinition#formerly former ids}, the
 *     oldest
 */
public record StepContext(
    String runId,
    String stepId,
    int attempt,
    int maxAttempts,
    List<JsonNode> input,
    String idempotencyKey) {
  /**
   * Copies the input.
   *
   * @param runId the run's ULID
   * @param stepId the step's id
   * @param attempt which attempt this is, from 0
   * @param maxAttempts how many attempts there are
   * @param input what a person gave the step
   * @param idempotencyKey a key for services that accept one
   */
  public StepContext {
    input = List.copyOf(input);
  }

  /**
   * A step that always had its id.
   *
   * @param runId the run's ULID
   * @param stepId the step's id
   * @param attempt which attempt this is, from 0
   * @param maxAttempts how many attempts there are
   * @param input what a person gave the step
   */
  public StepContext(
      String runId, String stepId, int attempt, int maxAttempts, List<JsonNode> input) {
    this(runId, stepId, attempt, maxAttempts, input, runId + "/" + stepId);
  }

  /**
   * A step without input.
   *
   * @param runId the run's ULID
   * @param stepId the step's id
   * @param attempt which attempt this is, from 0
   * @param maxAttempts how many attempts there are
   */
  public StepContext(String runId, String stepId, int attempt, int maxAttempts) {
    this(runId, stepId, attempt, maxAttempts, List.of());
  }

  /**
   * The context of the step that this thread is running.
   *
   * @return the context
   * @throws StepUsageException if this thread is not running a step
   */
  public static StepContext current() {
    return RunScope.currentStep();
  }
}
