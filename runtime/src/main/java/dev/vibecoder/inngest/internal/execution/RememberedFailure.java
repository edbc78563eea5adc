package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.function.StepDefinition.DeclaredException;
import dev.vibecoder.inngest.protocol.ErrorObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the exception that a failed step throws where it is called. */
final class RememberedFailure {
  private static final int MAX_CAUSES = 10;

  private RememberedFailure() {}

  /**
   * The exception the step declares, if the recorded name is its; else a {@link
   * StepFailedException}. Names are compared with the declared classes, never looked up.
   */
  static Throwable of(String stepId, ErrorObject error, List<DeclaredException<?>> declared) {
    for (DeclaredException<?> exception : declared) {
      if (exception.type().getName().equals(error.name())) {
        return exception.factory().apply(message(error), cause(stepId, error.cause(), 0));
      }
    }
    return new StepFailedException(stepId, error, cause(stepId, error.cause(), 0));
  }

  /** An exception without a message is recorded with its name for one. */
  private static @Nullable String message(ErrorObject error) {
    return error.message() == null || error.message().equals(error.name()) ? null : error.message();
  }

  private static @Nullable Throwable cause(String stepId, @Nullable JsonNode cause, int depth) {
    if (cause == null || !cause.isObject() || depth >= MAX_CAUSES) {
      return null;
    }
    ErrorObject error = ErrorObject.read(cause);
    return new StepFailedException(stepId, error, cause(stepId, error.cause(), depth + 1));
  }
}
