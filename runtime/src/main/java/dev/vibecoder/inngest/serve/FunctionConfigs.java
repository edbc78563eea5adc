package dev.vibecoder.inngest.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.annotation.Scope;
import dev.vibecoder.inngest.function.Batch;
import dev.vibecoder.inngest.function.CancelOn;
import dev.vibecoder.inngest.function.Checkpoint;
import dev.vibecoder.inngest.function.Concurrency;
import dev.vibecoder.inngest.function.Debounce;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionOptions;
import dev.vibecoder.inngest.function.RateLimit;
import dev.vibecoder.inngest.function.Singleton;
import dev.vibecoder.inngest.function.Throttle;
import dev.vibecoder.inngest.function.Timeouts;
import dev.vibecoder.inngest.function.Trigger;
import dev.vibecoder.inngest.protocol.DurationText;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes functions as a sync tells them (function configuration).
 *
 * @param appId the app's id, the first part of every function's
 */
record FunctionConfigs(String appId) {
  private static final int SERVER_DEFAULT_RETRIES = 4;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  FunctionConfig of(FunctionDefinition function, URI url) {
    String id = appId + "-" + function.id();
    String endpoint =
        url
            + (url.getRawQuery() == null ? "?" : "&")
            + "fnId="
            + URLEncoder.encode(id, StandardCharsets.UTF_8)
            + "&stepId=step";
    OptionalInt retries = retries(function);
    FunctionOptions options = function.options();
    return new FunctionConfig(
        id,
        function.name(),
        function.triggers().stream().map(trigger -> trigger(function, trigger)).toList(),
        Map.of(
            FunctionConfig.STEP,
            new FunctionConfig.Step(
                FunctionConfig.STEP,
                FunctionConfig.STEP,
                new FunctionConfig.Endpoint("http", endpoint),
                retries.isPresent() ? new FunctionConfig.Retries(retries.getAsInt()) : null)),
        concurrency(options.concurrency()),
        map(options.throttle(), FunctionConfigs::throttle),
        map(options.rateLimit(), FunctionConfigs::rateLimit),
        map(options.debounce(), FunctionConfigs::debounce),
        map(options.batch(), FunctionConfigs::batch),
        map(options.priority(), FunctionConfig.Priority::new),
        options.cancelOn().isEmpty()
            ? null
            : options.cancelOn().stream().map(FunctionConfigs::cancel).toList(),
        options.idempotency(),
        map(options.singleton(), FunctionConfigs::singleton),
        map(options.timeouts(), FunctionConfigs::timeouts),
        map(options.checkpoint(), FunctionConfigs::checkpoint));
  }

  /** The server knows one number: the greatest, at which each stops for itself. */
  private static OptionalInt retries(FunctionDefinition function) {
    int own = function.retries().orElse(SERVER_DEFAULT_RETRIES);
    int greatest =
        function.steps().stream().mapToInt(step -> step.retries().orElse(0)).max().orElse(0);
    return greatest > own ? OptionalInt.of(greatest) : function.retries();
  }

  private FunctionConfig.Trigger trigger(FunctionDefinition function, Trigger trigger) {
    if (trigger instanceof Trigger.OnSchedule schedule) {
      return new FunctionConfig.Trigger(null, null, schedule.cron(), time(schedule.jitter()));
    }
    String expression =
        function
            .companionOf()
            .map(id -> "event.data.function_id == '" + quoted(appId + "-" + id) + "'")
            .orElse(trigger instanceof Trigger.OnEvent event ? event.when() : null);
    return new FunctionConfig.Trigger(trigger.eventType().name(), expression, null, null);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }

  private static @Nullable JsonNode concurrency(List<Concurrency> limits) {
    if (limits.isEmpty()) {
      return null;
    }
    ArrayNode steps = JSON.arrayNode();
    ArrayNode runs = JSON.arrayNode();
    for (Concurrency limit : limits) {
      (limit.wholeRuns() ? runs : steps).add(concurrency(limit));
    }
    if (runs.isEmpty()) {
      return steps;
    }
    ObjectNode split = JSON.objectNode().set("fn", runs);
    return steps.isEmpty() ? split : split.set("step", steps);
  }

  private static ObjectNode concurrency(Concurrency limit) {
    ObjectNode node = JSON.objectNode().put("limit", limit.limit());
    if (limit.key() != null) {
      node.put("key", limit.key());
    }
    if (limit.scope() != Scope.FN) {
      node.put("scope", lower(limit.scope()));
    }
    return node;
  }

  private static FunctionConfig.Throttle throttle(Throttle throttle) {
    return new FunctionConfig.Throttle(
        throttle.limit(),
        time(throttle.period()),
        throttle.burst() == 0 ? null : (long) throttle.burst(),
        throttle.key());
  }

  private static FunctionConfig.RateLimit rateLimit(RateLimit limit) {
    return new FunctionConfig.RateLimit(limit.limit(), time(limit.period()), limit.key());
  }

  private static FunctionConfig.Debounce debounce(Debounce debounce) {
    return new FunctionConfig.Debounce(
        time(debounce.period()), debounce.key(), time(debounce.timeout()));
  }

  private static FunctionConfig.Batch batch(Batch batch) {
    return new FunctionConfig.Batch(
        batch.maxSize(), DurationText.formatInHours(batch.timeout()), batch.key(), batch.when());
  }

  private static FunctionConfig.Cancel cancel(CancelOn rule) {
    return new FunctionConfig.Cancel(rule.event(), rule.when(), time(rule.timeout()));
  }

  private static FunctionConfig.Singleton singleton(Singleton rule) {
    return new FunctionConfig.Singleton(rule.key(), lower(rule.mode()));
  }

  private static FunctionConfig.Timeouts timeouts(Timeouts limits) {
    return new FunctionConfig.Timeouts(time(limits.start()), time(limits.finish()));
  }

  private static FunctionConfig.Checkpoint checkpoint(Checkpoint rule) {
    return new FunctionConfig.Checkpoint(
        rule.batchSteps(), time(rule.batchInterval()), time(rule.maxRuntime()));
  }

  private static @Nullable String time(@Nullable Duration duration) {
    return duration == null ? null : DurationText.formatExactly(duration);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <T, R> @Nullable R map(@Nullable T value, Function<T, R> writer) {
    return value == null ? null : writer.apply(value);
  }
}
