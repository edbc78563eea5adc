package dev.vibecoder.inngest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events could not be delivered: the server cannot be reached, has a problem, or does not know the
 * key. Trying again may help; {@link #outcomes()} tells which events need it.
 */
public final class EventsNotSentException extends InngestException implements SendFailure {
  private static final long serialVersionUID = 1L;

  private final transient List<SendOutcome> outcomes;

  /**
   * Reports events that were not accepted.
   *
   * @param message what was wrong, where, and what to do
   * @param outcomes what became of each event
   * @param cause the first failure
   */
  public EventsNotSentException(
      String message, List<SendOutcome> outcomes, @Nullable Throwable cause) {
    super(message, cause);
    this.outcomes = List.copyOf(outcomes);
  }

  @Override
  public List<SendOutcome> outcomes() {
    return outcomes;
  }
}
