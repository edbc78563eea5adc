package dev.vibecoder.inngest;

import dev.vibecoder.inngest.protocol.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a step or a function to be tried again after a given time instead of the server's own
 * delay. It counts as an attempt like any other error.
 */
public class RetryAfterException extends InngestException {
  private static final long serialVersionUID = 1L;

  private final String retryAfter;

  /**
   * Asks to be tried again after a delay.
   *
   * @param message what is wrong
   * @param delay how long to wait, rounded up to whole seconds, at most 24 h; the server counts
   *     from the start of the present second, so it may try again up to a second earlier
   */
  public RetryAfterException(String message, Duration delay) {
    this(message, delay, null);
  }

  /**
   * Asks to be tried again after a delay.
   *
   * @param message what is wrong
   * @param delay how long to wait, rounded up to whole seconds, at most 24 h; the server counts
   *     from the start of the present second, so it may try again up to a second earlier
   * @param cause what led to it
   */
  public RetryAfterException(String message, Duration delay, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = RetryAfter.format(delay);
  }

  /**
   * Asks to be tried again at a given time.
   *
   * @param message what is wrong
   * @param time when to try again; at most 24 hours ahead
   */
  public RetryAfterException(String message, Instant time) {
    this(message, time, null);
  }

  /**
   * Asks to be tried again at a given time.
   *
   * @param message what is wrong
   * @param time when to try again; at most 24 hours ahead
   * @param cause what led to it
   */
  public RetryAfterException(String message, Instant time, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = RetryAfter.format(time);
  }

  /**
   * The value of the header {@code Retry-After}.
   *
   * @return seconds or an ISO-8601 instant
   */
  public String retryAfter() {
    return retryAfter;
  }
}
