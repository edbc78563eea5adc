package dev.vibecoder.inngest.processor.internal.validate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a function as they were written. What was not written is null, or an empty list.
 * Texts are those of the source: nothing is checked or changed.
 *
 * @param events the events that start it, wherever they were written
 * @param crons the schedules that start it, wherever they were written
 */
public record ConfigValues(
    List<EventTrigger> events,
    List<CronTrigger> crons,
    @Nullable Text when,
    @Nullable Count retries,
    @Nullable Text idempotency,
    List<Concurrency> concurrency,
    @Nullable Throttle throttle,
    @Nullable RateLimit rateLimit,
    @Nullable Debounce debounce,
    @Nullable Batch batch,
    @Nullable Priority priority,
    @Nullable Singleton singleton,
    List<CancelOn> cancelOn,
    @Nullable Timeouts timeouts,
    @Nullable Checkpoint checkpoint) {

  /** A text of one member, where the annotation has others. */
  public record Text(OptionKey at, String value) {}

  /** A number of one member, where the annotation has others. */
  public record Count(OptionKey at, int value) {}

  /**
   * An event that starts a function.
   *
   * @param at where its name, or the payload class that stands for it, was written
   * @param name its name or pattern
   * @param when the trigger's own condition
   */
  public record EventTrigger(OptionKey at, String name, @Nullable Text when) {}

  /**
   * A schedule.
   *
   * @param expression five fields, with or without a zone before them
   * @param zone a zone of its own member
   */
  public record CronTrigger(Text expression, @Nullable Text zone, @Nullable Text jitter) {}

  /**
   * How many steps are executed at once.
   *
   * @param scope FN, ENV or ACCOUNT
   * @param wholeRuns whether runs are counted instead
   */
  public record Concurrency(
      OptionKey at,
      @Nullable Integer limit,
      @Nullable String key,
      @Nullable String scope,
      boolean wholeRuns) {}

  /** How many runs start in a period; the others wait. */
  public record Throttle(
      OptionKey at,
      @Nullable Integer limit,
      @Nullable String period,
      @Nullable Integer burst,
      @Nullable String key) {}

  /** How many runs start in a period; the others never do. */
  public record RateLimit(
      OptionKey at, @Nullable Integer limit, @Nullable String period, @Nullable String key) {}

  /** How long nothing may come before a run starts. */
  public record Debounce(
      OptionKey at, @Nullable String period, @Nullable String timeout, @Nullable String key) {}

  /** How many events one run takes. */
  public record Batch(
      OptionKey at,
      @Nullable Integer maxSize,
      @Nullable String timeout,
      @Nullable String key,
      @Nullable String when) {}

  /** By how many seconds a run goes ahead. */
  public record Priority(OptionKey at, @Nullable String run) {}

  /**
   * One run at a time.
   *
   * @param mode SKIP or CANCEL
   */
  public record Singleton(OptionKey at, @Nullable String key, @Nullable String mode) {}

  /**
   * What ends a run.
   *
   * @param event name of the event, also where a payload class stands for it
   */
  public record CancelOn(
      OptionKey at,
      @Nullable String event,
      @Nullable String when,
      @Nullable String match,
      @Nullable String timeout) {}

  /** How long a run may wait for its start, and take. */
  public record Timeouts(OptionKey at, @Nullable String start, @Nullable String finish) {}

  /** When steps are reported while a run goes on. */
  public record Checkpoint(
      OptionKey at,
      @Nullable Integer batchSteps,
      @Nullable String batchInterval,
      @Nullable String maxRuntime) {}
}
