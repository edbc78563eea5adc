package dev.vibecoder.inngest.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionConfig(
    String id, String name, List<Trigger> triggers, Map<String, Step> steps) {

  /** The only key of {@link #steps()}. */
  public static final String STEP = "step";

  /**
   * One trigger: an event or a schedule.
   *
   * @param event name of an event or a pattern such as {@code shop/*}
   * @param expression CEL over {@code event} that must hold
   * @param cron five fields, optionally after {@code TZ=<zone> }
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Trigger(
      @Nullable String event, @Nullable String expression, @Nullable String cron) {}

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
}
