package dev.vibecoder.inngest;

import org.jspecify.annotations.Nullable;

/** Thrown by a step or a function to fail for good: trying again would not help. */
public class NonRetriableException extends InngestException {
  private static final long serialVersionUID = 1L;

  /**
   * Fails for good.
   *
   * @param message what is wrong
   */
  public NonRetriableException(String message) {
    super(message);
  }

  /**
   * Fails for good.
   *
   * @param message what is wrong
   * @param cause what led to it
   */
  public NonRetriableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
