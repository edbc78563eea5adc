package dev.vibecoder.inngest.processor.internal.model;

import com.palantir.javapoet.ClassName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the server treats a function. What was not given is null, or an empty list. */
public record FunctionOptions(
    @Nullable Integer retries,
    List<Concurrency> concurrency,
    @Nullable Throttle throttle,
    @Nullable RateLimit rateLimit,
    @Nullable Debounce debounce,
    @Nullable Batch batch,
    @Nullable String priority,
    @Nullable Singleton singleton,
    List<CancelOn> cancelOn,
    @Nullable Timeouts timeouts,
    @Nullable String idempotency,
    @Nullable Checkpoint checkpoint) {

  /**
   * How much is executed at once.
   *
   * @param scope name of the constant
   * @param wholeRuns whether runs are counted instead of steps
   */
  public record Concurrency(int limit, String scope, @Nullable String key, boolean wholeRuns) {}

  /**
   * How many runs start in a period; the others wait.
   *
   * @param burst 0 for none
   */
  public record Throttle(int limit, Duration period, int burst, @Nullable String key) {}

  /** How many runs start in a period; the others never do. */
  public record RateLimit(int limit, Duration period, @Nullable String key) {}

  /** How long nothing may come before a run starts. */
  public record Debounce(Duration period, @Nullable String key, @Nullable Duration timeout) {}

  /** How many events one run takes. */
  public record Batch(int maxSize, Duration timeout, @Nullable String key, @Nullable String when) {}

  /**
   * One run at a time.
   *
   * @param mode name of the constant
   */
  public record Singleton(String mode, @Nullable String key) {}

  /**
   * What ends a run.
   *
   * @param event name of the event
   * @param type its class, or null if it has none that can be named
   */
  public record CancelOn(
      String event,
      @Nullable ClassName type,
      @Nullable String match,
      @Nullable String when,
      @Nullable Duration timeout) {}

  /** How long a run may wait for its start, and take. */
  public record Timeouts(@Nullable Duration start, @Nullable Duration finish) {}

  /** When steps are reported while a run goes on. */
  public record Checkpoint(
      int batchSteps, @Nullable Duration batchInterval, @Nullable Duration maxRuntime) {}
}
