package dev.vibecoder.inngest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server refused events for good, such as one without a name or one that is too large. All
 * others of the same send were accepted; {@link #outcomes()} tells which were not.
 */
public final class EventsRefusedException extends NonRetriableException implements SendFailure {
  private static final long serialVersionUID = 1L;

  private final transient List<SendOutcome> outcomes;

  /**
   * Reports events that were not accepted.
   *
   * @param message what was wrong, where, and what to do
   * @param outcomes what became of each event
   * @param cause the first failure
   */
  public EventsRefusedException(
      String message, List<SendOutcome> outcomes, @Nullable Throwable cause) {
    super(message, cause);
    this.outcomes = List.copyOf(outcomes);
  }

  @Override
  public List<SendOutcome> outcomes() {
    return outcomes;
  }
}
