package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.CronEvent;
import dev.vibecoder.inngest.EventType;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What starts a function (function configuration, section 3). Immutable. */
public sealed interface Trigger {
  /**
   * An event.
   *
   * @param event the event or pattern
   * @return the trigger
   */
  static OnEvent event(EventType<?> event) {
    return new OnEvent(event, null);
  }

  /**
   * A schedule.
   *
   * @param cron five fields, optionally after {@code TZ=<zone> }
   * @return the trigger
   */
  static OnSchedule cron(String cron) {
    return new OnSchedule(cron, null);
  }

  /**
   * What the function is handed.
   *
   * @return the type of the event
   */
  EventType<?> eventType();

  /**
   * Starts a function by an event.
   *
   * @param eventType the event or pattern
   * @param when CEL over {@code event} that must hold; null for always
   */
  record OnEvent(EventType<?> eventType, @Nullable String when) implements Trigger {
    /**
     * Checks that the event is there.
     *
     * @param eventType the event or pattern
     * @param when CEL, or null
     */
    public OnEvent {
      Objects.requireNonNull(eventType, "eventType");
    }

    /**
     * The same trigger under a condition.
     *
     * @param expression CEL over {@code event} that gives true or false
     * @return a new trigger
     */
    public OnEvent when(String expression) {
      return new OnEvent(eventType, Objects.requireNonNull(expression));
    }
  }

  /**
   * Starts a function by the clock.
   *
   * @param cron five fields, optionally after {@code TZ=<zone> }
   * @param jitter spreads the starts, one second to five minutes; null for none
   */
  record OnSchedule(String cron, @Nullable Duration jitter) implements Trigger {
    private static final int FIELDS = 5;

    /**
     * Checks the number of fields and the jitter.
     *
     * @param cron five fields
     * @param jitter spreads the starts, or null
     * @throws IllegalArgumentException if the schedule has not five fields, as in {@code @daily},
     *     or the jitter is out of its bounds
     */
    public OnSchedule {
      String fields =
          cron.startsWith("TZ=") || cron.startsWith("CRON_TZ=") ? afterZone(cron) : cron;
      if (fields.trim().split("\\s+", -1).length != FIELDS) {
        throw new IllegalArgumentException(
            "The schedule \""
                + cron
                + "\" needs five fields: minute, hour, day of month, month, day of week.");
      }
      if (jitter != null && !jitter.isZero()) {
        Bounds.between(
            Duration.ofSeconds(1), jitter, Duration.ofMinutes(5), "The jitter of a schedule");
      }
    }

    private static String afterZone(String cron) {
      int space = cron.indexOf(' ');
      return space < 0 ? "" : cron.substring(space);
    }

    @Override
    public EventType<CronEvent> eventType() {
      return CronEvent.TYPE;
    }

    /**
     * The same schedule, spread.
     *
     * @param most by how much a start is put off at most
     * @return a new trigger
     */
    public OnSchedule jitter(Duration most) {
      return new OnSchedule(cron, Objects.requireNonNull(most));
    }
  }
}
