package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.internal.config.EventPath;
import dev.vibecoder.inngest.internal.wire.CelConditions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a run when an event comes (function configuration, section 11). Immutable.
 *
 * @param event name of the event, no pattern
 * @param when CEL over {@code event}, which started the run, and {@code async}, which cancels it;
 *     null for always
 * @param timeout how long after the start of a run the event is listened to; null for the whole run
 */
public record CancelOn(String event, @Nullable String when, @Nullable Duration timeout) {
  /**
   * Checks what the server does not check.
   *
   * @param event name of the event
   * @param when CEL, or null
   * @param timeout how long it is listened to, or null
   * @throws IllegalArgumentException if the name is empty or a pattern, which never cancels
   */
  public CancelOn {
    if (event.isBlank() || event.endsWith("*")) {
      throw new IllegalArgumentException(
          "A run is cancelled by an event with an exact name, not by \"" + event + "\".");
    }
  }

  /**
   * A rule without condition.
   *
   * @param event name of the event
   * @return the rule
   */
  public static CancelOn event(String event) {
    return new CancelOn(event, null, null);
  }

  /**
   * A rule without condition.
   *
   * @param event the event
   * @return the rule
   */
  public static CancelOn event(EventType<?> event) {
    return event(event.name());
  }

  /**
   * The same rule where both events hold the same value; what was said before must be true as well.
   *
   * @param path a path such as {@code data.orderId}
   * @return a new rule
   * @throws IllegalArgumentException if the text is no path
   */
  public CancelOn match(String path) {
    EventPath.require(path);
    return and("event." + path + " == async." + path);
  }

  /**
   * The same rule under a condition; what was said before must be true as well.
   *
   * @param expression CEL over {@code event} and {@code async}, without functions
   * @return a new rule
   */
  public CancelOn when(String expression) {
    return and(Objects.requireNonNull(expression));
  }

  private CancelOn and(String expression) {
    return new CancelOn(event, CelConditions.and(when, expression), timeout);
  }

  /**
   * The same rule with an end.
   *
   * @param longest how long after the start of a run the event is listened to
   * @return a new rule
   */
  public CancelOn timeout(Duration longest) {
    return new CancelOn(event, when, Objects.requireNonNull(longest));
  }
}
