package dev.vibecoder.inngest;

import dev.vibecoder.inngest.protocol.ErrorObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step has failed for good. Thrown where the step is called, on every later call of the function;
 * if it is not caught, the run fails without being tried again.
 */
public final class StepFailedException extends InngestException {
  private static final long serialVersionUID = 1L;

  private final String stepId;
  private final transient ErrorObject error;

  /**
   * Reports the failure of a step.
   *
   * @param stepId the step's id
   * @param error what the step threw, as it was recorded
   * @param cause the recorded cause, or null
   */
  public StepFailedException(String stepId, ErrorObject error, @Nullable Throwable cause) {
    super(Objects.requireNonNullElse(error.message(), "Unknown error"), cause);
    this.stepId = stepId;
    this.error = error;
  }

  /**
   * The step that failed.
   *
   * @return its id
   */
  public String stepId() {
    return stepId;
  }

  /**
   * What kind of error it was.
   *
   * @return the name recorded for it: for Java the full name of the exception's class
   */
  public String name() {
    return Objects.requireNonNullElse(error.name(), "Error");
  }

  /**
   * The stack trace where the step failed, as text.
   *
   * @return the recorded stack trace, or null
   */
  public @Nullable String remoteStack() {
    return error.stack();
  }

  /**
   * Everything that was recorded.
   *
   * @return the error
   */
  public ErrorObject error() {
    return error;
  }
}
