package dev.vibecoder.inngest.processor.internal.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What starts a function. */
public sealed interface Trigger {
  /**
   * An event or a pattern.
   *
   * @param when the condition, or null
   */
  record OnEvent(EventModel event, @Nullable String when) implements Trigger {}

  /**
   * A schedule.
   *
   * @param cron five fields, with the zone before them if one was given
   * @param jitter spreads the starts, or null
   */
  record OnSchedule(String cron, @Nullable Duration jitter) implements Trigger {}
}
