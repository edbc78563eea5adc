package dev.vibecoder.inngest;

import org.jspecify.annotations.Nullable;

/** Something went wrong between the app and the server, or in how this library is used. */
public class InngestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports a problem.
   *
   * @param message what was wrong, where, and what to do
   */
  public InngestException(String message) {
    super(message);
  }

  /**
   * Reports a problem with its cause.
   *
   * @param message what was wrong, where, and what to do
   * @param cause what led to it
   */
  public InngestException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
