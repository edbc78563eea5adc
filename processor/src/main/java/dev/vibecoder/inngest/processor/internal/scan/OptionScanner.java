package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.model.FunctionOptions;
import dev.vibecoder.inngest.processor.internal.time.Durations;
import dev.vibecoder.inngest.processor.internal.validate.ConfigValues;
import dev.vibecoder.inngest.processor.internal.validate.OptionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads how the server is to treat a function: as it was written, for the checks, and as it is
 * generated.
 */
final class OptionScanner {
  private static final int UNSET = -1;

  private final DeclaredOptions options;
  private final TriggerScanner.Written triggers;
  private final List<Cancelling> cancelling;

  /**
   * Reads the annotations of one class.
   *
   * @param cancelling the events of its CancelOn annotations, one each
   */
  OptionScanner(
      DeclaredOptions options, TriggerScanner.Written triggers, List<Cancelling> cancelling) {
    this.options = options;
    this.triggers = triggers;
    this.cancelling = cancelling;
  }

  /**
   * The event that a CancelOn means.
   *
   * @param name its name; null if it was complained about
   * @param event the event, if it has a class
   */
  record Cancelling(@Nullable String name, Optional<EventModel> event) {
    /** What was complained about. */
    static final Cancelling NOTHING = new Cancelling(null, Optional.empty());
  }

  /** The options as they were written. */
  ConfigValues written() {
    OptionKey function = OptionKey.of("InngestFunction");
    Annotation main = options.one("InngestFunction").orElseThrow();
    return new ConfigValues(
        triggers.events(),
        triggers.crons(),
        // Without an event of its own it was complained about.
        main.has("event") || main.has("on") ? text(main, function, "when") : null,
        main.number("retries")
            .filter(retries -> retries != UNSET)
            .map(retries -> new ConfigValues.Count(function.member("retries"), retries))
            .orElse(null),
        text(main, function, "idempotency"),
        each("Concurrency", OptionScanner::writtenConcurrency),
        one("Throttle", OptionScanner::writtenThrottle),
        one("RateLimit", OptionScanner::writtenRateLimit),
        one("Debounce", OptionScanner::writtenDebounce),
        one("Batch", OptionScanner::writtenBatch),
        one("Priority", (at, a) -> new ConfigValues.Priority(at, a.text("value").orElse(null))),
        one("Singleton", OptionScanner::writtenSingleton),
        each("CancelOn", this::writtenCancelOn).stream()
            // Those without an event were complained about.
            .filter(rule -> rule.event() != null)
            .toList(),
        one("Timeouts", OptionScanner::writtenTimeouts),
        one("Checkpoint", OptionScanner::writtenCheckpoint));
  }

  static ConfigValues.@Nullable Text text(Annotation annotation, OptionKey key, String member) {
    return annotation
        .text(member)
        .map(value -> new ConfigValues.Text(key.member(member), value))
        .orElse(null);
  }

  private <T> List<T> each(String name, BiFunction<OptionKey, Annotation, T> reading) {
    List<T> all = new ArrayList<>();
    List<Annotation> given = Annotation.all(options.type(), name);
    for (int i = 0; i < given.size(); i++) {
      if (DeclaredOptions.isComplete(given.get(i))) {
        all.add(reading.apply(OptionKey.of(name, i), given.get(i)));
      }
    }
    return all;
  }

  private <T> @Nullable T one(String name, BiFunction<OptionKey, Annotation, T> reading) {
    return options
        .one(name)
        .filter(DeclaredOptions::isComplete)
        .map(annotation -> reading.apply(OptionKey.of(name), annotation))
        .orElse(null);
  }

  private static ConfigValues.Concurrency writtenConcurrency(OptionKey at, Annotation a) {
    return new ConfigValues.Concurrency(
        at,
        a.number("limit").orElse(null),
        a.text("key").orElse(null),
        a.constant("scope").orElse(null),
        a.flag("wholeRuns"));
  }

  private static ConfigValues.Throttle writtenThrottle(OptionKey at, Annotation a) {
    return new ConfigValues.Throttle(
        at,
        a.number("limit").orElse(null),
        a.given("period").orElse(null),
        a.number("burst").orElse(null),
        a.text("key").orElse(null));
  }

  private static ConfigValues.RateLimit writtenRateLimit(OptionKey at, Annotation a) {
    return new ConfigValues.RateLimit(
        at,
        a.number("limit").orElse(null),
        a.given("period").orElse(null),
        a.text("key").orElse(null));
  }

  private static ConfigValues.Debounce writtenDebounce(OptionKey at, Annotation a) {
    return new ConfigValues.Debounce(
        at,
        a.given("period").orElse(null),
        a.text("timeout").orElse(null),
        a.text("key").orElse(null));
  }

  private static ConfigValues.Batch writtenBatch(OptionKey at, Annotation a) {
    return new ConfigValues.Batch(
        at,
        a.number("maxSize").orElse(null),
        a.given("timeout").orElse(null),
        a.text("key").orElse(null),
        a.text("when").orElse(null));
  }

  private static ConfigValues.Singleton writtenSingleton(OptionKey at, Annotation a) {
    return new ConfigValues.Singleton(
        at, a.text("key").orElse(null), a.constant("mode").orElse(null));
  }

  private ConfigValues.CancelOn writtenCancelOn(OptionKey at, Annotation a) {
    return new ConfigValues.CancelOn(
        at,
        cancelling.get(at.occurrence()).name(),
        a.text("when").orElse(null),
        a.text("match").orElse(null),
        a.text("timeout").orElse(null));
  }

  private static ConfigValues.Timeouts writtenTimeouts(OptionKey at, Annotation a) {
    return new ConfigValues.Timeouts(
        at, a.text("start").orElse(null), a.text("finish").orElse(null));
  }

  private static ConfigValues.Checkpoint writtenCheckpoint(OptionKey at, Annotation a) {
    return new ConfigValues.Checkpoint(
        at,
        a.number("batchSteps").orElse(null),
        a.text("batchInterval").orElse(null),
        a.text("maxRuntime").orElse(null));
  }

  /**
   * The options as they are generated. What makes no sense is left out: it was complained about,
   * and nothing is generated.
   *
   * @param fromPackage where they are named
   */
  FunctionOptions options(ConfigValues written, String fromPackage) {
    ConfigValues.Count retries = written.retries();
    ConfigValues.Text idempotency = written.idempotency();
    return new FunctionOptions(
        retries == null || retries.value() < 0 ? null : retries.value(),
        written.concurrency().stream().flatMap(one -> concurrency(one).stream()).toList(),
        map(written.throttle(), OptionScanner::throttle),
        map(written.rateLimit(), OptionScanner::rateLimit),
        map(written.debounce(), OptionScanner::debounce),
        map(written.batch(), OptionScanner::batch),
        map(written.priority(), priority -> Optional.ofNullable(priority.run())),
        map(
            written.singleton(),
            one ->
                Optional.of(
                    new FunctionOptions.Singleton(
                        one.mode() == null ? "SKIP" : one.mode(), one.key()))),
        written.cancelOn().stream().flatMap(one -> cancelOn(one, fromPackage).stream()).toList(),
        map(written.timeouts(), OptionScanner::timeouts),
        idempotency == null ? null : idempotency.value(),
        map(written.checkpoint(), OptionScanner::checkpoint));
  }

  private static <T, R> @Nullable R map(@Nullable T written, Function<T, Optional<R>> reading) {
    return written == null ? null : reading.apply(written).orElse(null);
  }

  static Optional<Duration> duration(@Nullable String text) {
    return text == null ? Optional.empty() : Durations.parse(text);
  }

  private static Optional<FunctionOptions.Concurrency> concurrency(
      ConfigValues.Concurrency written) {
    return Optional.ofNullable(written.limit())
        .map(
            limit ->
                new FunctionOptions.Concurrency(
                    limit,
                    written.scope() == null ? "FN" : written.scope(),
                    written.key(),
                    written.wholeRuns()));
  }

  private static Optional<FunctionOptions.Throttle> throttle(ConfigValues.Throttle written) {
    Integer limit = written.limit();
    int burst = written.burst() == null ? 0 : written.burst();
    return limit == null
        ? Optional.empty()
        : duration(written.period())
            .map(period -> new FunctionOptions.Throttle(limit, period, burst, written.key()));
  }

  private static Optional<FunctionOptions.RateLimit> rateLimit(ConfigValues.RateLimit written) {
    Integer limit = written.limit();
    return limit == null
        ? Optional.empty()
        : duration(written.period())
            .map(period -> new FunctionOptions.RateLimit(limit, period, written.key()));
  }

  private static Optional<FunctionOptions.Debounce> debounce(ConfigValues.Debounce written) {
    return duration(written.period())
        .map(
            period ->
                new FunctionOptions.Debounce(
                    period, written.key(), duration(written.timeout()).orElse(null)));
  }

  private static Optional<FunctionOptions.Batch> batch(ConfigValues.Batch written) {
    Integer maxSize = written.maxSize();
    return maxSize == null
        ? Optional.empty()
        : duration(written.timeout())
            .map(
                timeout ->
                    new FunctionOptions.Batch(maxSize, timeout, written.key(), written.when()));
  }

  private Optional<FunctionOptions.CancelOn> cancelOn(
      ConfigValues.CancelOn written, String fromPackage) {
    String name = written.event();
    if (name == null) {
      return Optional.empty();
    }
    ClassName type =
        cancelling
            .get(written.at().occurrence())
            .event()
            .filter(event -> event.visible() || event.type().packageName().equals(fromPackage))
            .map(EventModel::type)
            .orElse(null);
    return Optional.of(
        new FunctionOptions.CancelOn(
            name, type, written.match(), written.when(), duration(written.timeout()).orElse(null)));
  }

  private static Optional<FunctionOptions.Timeouts> timeouts(ConfigValues.Timeouts written) {
    return Optional.of(
        new FunctionOptions.Timeouts(
            duration(written.start()).orElse(null), duration(written.finish()).orElse(null)));
  }

  private static Optional<FunctionOptions.Checkpoint> checkpoint(ConfigValues.Checkpoint written) {
    return Optional.of(
        new FunctionOptions.Checkpoint(
            written.batchSteps() == null ? 1 : written.batchSteps(),
            // No time at all is no rule.
            duration(written.batchInterval()).filter(time -> !time.isZero()).orElse(null),
            duration(written.maxRuntime()).filter(time -> !time.isZero()).orElse(null)));
  }
}
