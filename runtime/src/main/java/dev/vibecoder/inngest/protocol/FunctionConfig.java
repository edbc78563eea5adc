package dev.vibecoder.inngest.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sync tells the server of one function (specification, section 4.3.1).
 *
 * @param id {@code <app id>-<function id>}
 * @param name the name shown to people
 * @param triggers what starts it
 * @param steps the one entry, under {@link #STEP}
 * @param concurrency an array of {@code {limit, key, scope}}, or {@code {fn: [...], step: [...]}}
 *     with whole runs counted apart
 * @param throttle how many runs start in a period, the others waiting
 * @param rateLimit how many runs start in a period, the others being dropped
 * @param debounce one run for a burst of events
 * @param batchEvents one run for several events
 * @param priority which runs start first
 * @param cancel events that cancel a run
 * @param idempotency CEL; one run for each of its values in 24 hours
 * @param singleton one run at a time
 * @param timeouts how long a run may take
 * @param checkpoint how the app goes on by itself
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionConfig(
    String id,
    String name,
    List<Trigger> triggers,
    Map<String, Step> steps,
    @Nullable JsonNode concurrency,
    @Nullable Throttle throttle,
    @Nullable RateLimit rateLimit,
    @Nullable Debounce debounce,
    @Nullable Batch batchEvents,
    @Nullable Priority priority,
    @Nullable List<Cancel> cancel,
    @Nullable String idempotency,
    @Nullable Singleton singleton,
    @Nullable Timeouts timeouts,
    @Nullable Checkpoint checkpoint) {

  /**
   * A function without options.
   *
   * @param id {@code <app id>-<function id>}
   * @param name the name shown to people
   * @param triggers what starts it
   * @param steps the one entry, under {@link #STEP}
   */
  public FunctionConfig(String id, String name, List<Trigger> triggers, Map<String, Step> steps) {
    this(
        id, name, triggers, steps, null, null, null, null, null, null, null, null, null, null,
        null);
  }

  /** The only key of {@link #steps()}. */
  public static final String STEP = "step";

  /**
   * One trigger: an event or a schedule.
   *
   * @param event name of an event or a pattern such as {@code shop/*}
   * @param expression CEL over {@code event} that must hold
   * @param cron five fields, optionally after {@code TZ=<zone> }
   * @param jitter spreads the starts of a schedule
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Trigger(
      @Nullable String event,
      @Nullable String expression,
      @Nullable String cron,
      @Nullable String jitter) {}

  /**
   * The one registered step: where and how the function is called.
   *
   * @param id {@code step}
   * @param name {@code step}
   * @param runtime where the function is called
   * @param retries how often it is tried again; absent for the server's default of four
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(String id, String name, Endpoint runtime, @Nullable Retries retries) {}

  /**
   * Where a function is called.
   *
   * @param type {@code http} or {@code ws}
   * @param url the app's URL with the query {@code fnId=<id>&stepId=step}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Endpoint(String type, String url) {}

  /**
   * How often a step is tried again.
   *
   * @param attempts number of retries, 0 to 20
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Retries(int attempts) {}

  /**
   * Section 5.
   *
   * @param limit how many runs
   * @param period time string
   * @param burst how many beyond the even flow
   * @param key CEL
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Throttle(
      long limit, @Nullable String period, @Nullable Long burst, @Nullable String key) {}

  /**
   * Section 6.
   *
   * @param limit how many runs
   * @param period time string
   * @param key CEL
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RateLimit(long limit, @Nullable String period, @Nullable String key) {}

  /**
   * Section 8.
   *
   * @param period time string
   * @param key CEL
   * @param timeout time string
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Debounce(@Nullable String period, @Nullable String key, @Nullable String timeout) {}

  /**
   * Section 9.
   *
   * @param maxSize how many events
   * @param timeout time string without days and weeks
   * @param key CEL
   * @param when CEL, on the wire {@code if}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Batch(
      long maxSize,
      @Nullable String timeout,
      @Nullable String key,
      @JsonProperty("if") @Nullable String when) {}

  /**
   * Section 10.
   *
   * @param run CEL
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Priority(@Nullable String run) {}

  /**
   * Section 11.
   *
   * @param event name of the event
   * @param when CEL, on the wire {@code if}
   * @param timeout time string
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Cancel(
      @Nullable String event,
      @JsonProperty("if") @Nullable String when,
      @Nullable String timeout) {}

  /**
   * Section 12.
   *
   * @param key CEL
   * @param mode {@code skip} or {@code cancel}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Singleton(@Nullable String key, @Nullable String mode) {}

  /**
   * Section 13.
   *
   * @param start time string
   * @param finish time string
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Timeouts(@Nullable String start, @Nullable String finish) {}

  /**
   * Section 13.
   *
   * @param batchSteps after how many steps
   * @param batchInterval time string or nanoseconds
   * @param maxRuntime time string or nanoseconds
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Checkpoint(
      @JsonProperty("batch_steps") @Nullable Integer batchSteps,
      @JsonProperty("batch_interval") @Nullable String batchInterval,
      @JsonProperty("max_runtime") @Nullable String maxRuntime) {}
}
