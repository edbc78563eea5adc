package dev.vibecoder.inngest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event of a function that the clock starts (events API, section 2.3).
 *
 * @param id the scheduled time as text
 * @param data the schedule and its times
 * @param ts when the run was started
 * @param user nothing
 * @param v nothing
 */
public record CronEvent(
    @Nullable String id,
    Schedule data,
    @Nullable Instant ts,
    @Nullable JsonNode user,
    @Nullable String v)
    implements Event<CronEvent.Schedule> {
  /** Its name. */
  public static final String NAME = "inngest/scheduled.timer";

  /** Its type. */
  public static final EventType<CronEvent> TYPE =
      EventType.of(
          NAME,
          TypeRef.of(Schedule.class),
          (id, name, data, ts, user, v) -> new CronEvent(id, data, ts, user, v));

  /**
   * Checks that the schedule is there.
   *
   * @param id the scheduled time as text
   * @param data the schedule
   * @param ts when the run was started
   * @param user nothing
   * @param v nothing
   */
  public CronEvent {
    Objects.requireNonNull(data, "data");
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * A schedule and its times.
   *
   * @param cron the expression, with its zone
   * @param scheduledAt the time it names; null if the server does not tell
   * @param fireAt the same with the jitter; null if the server does not tell
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Schedule(String cron, @Nullable Instant scheduledAt, @Nullable Instant fireAt) {}
}
