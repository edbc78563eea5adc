package dev.vibecoder.inngest.middleware;

import dev.vibecoder.inngest.InngestException;

/** A hook of a middleware failed; the message names both. */
public class MiddlewareException extends InngestException {
  private static final long serialVersionUID = 1;

  /**
   * A hook that threw.
   *
   * @param message what happened, and in which hook of which middleware
   * @param cause what it threw
   */
  public MiddlewareException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A hook that did what it must not do.
   *
   * @param message what happened, and in which hook of which middleware
   */
  public MiddlewareException(String message) {
    super(message);
  }
}
