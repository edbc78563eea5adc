package dev.vibecoder.inngest;

/**
 * A step was used where it cannot be durable: on another thread, outside a run, inside another
 * step, or with an id that is none. Trying again does not help, so it is final.
 */
public final class StepUsageException extends NonRetriableException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports a wrong use.
   *
   * @param message what was wrong and what to do instead
   */
  public StepUsageException(String message) {
    super(message);
  }
}
