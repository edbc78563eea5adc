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
  private final @Nullable String name;
  private final @Nullable String remoteStack;
  // What it holds may be large; serialised, the exception tells what any exception tells.
  private final transient @Nullable ErrorObject error;

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
    this.name = error.name();
    this.remoteStack = error.stack();
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
    return Objects.requireNonNullElse(name, "Error");
  }

  /**
   * The stack trace where the step failed, as text.
   *
   * @return the recorded stack trace, or null
   */
  public @Nullable String remoteStack() {
    return remoteStack;
  }

  /**
   * Everything that was recorded.
   *
   * @return the error; name, message and stack alone after Java serialisation
   */
  public ErrorObject error() {
    return error != null
        ? error
        : new ErrorObject(name, getMessage(), remoteStack, null, null, null);
  }
}
