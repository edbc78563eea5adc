package dev.vibecoder.inngest.processor.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.expr.Expressions;
import dev.vibecoder.inngest.processor.internal.expr.ExpressionsTest;
import dev.vibecoder.inngest.processor.internal.expr.Payload;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit, every combination, and all that the server accepts although it cannot work. */
public class ConfigRulesTest {
  private static final OptionKey FUNCTION = OptionKey.of("InngestFunction");
  private static final String HINT = "Durations have units, as in 30s, 5m, 2h, 1d12h.";

  /** Puts options together; what is not set was not written. */
  private static final class Config {
    private final List<ConfigValues.EventTrigger> events = new ArrayList<>();
    private final List<ConfigValues.CronTrigger> crons = new ArrayList<>();
    private final List<ConfigValues.Concurrency> concurrency = new ArrayList<>();
    private final List<ConfigValues.CancelOn> cancels = new ArrayList<>();
    private ConfigValues.@Nullable Text when;
    private ConfigValues.@Nullable Count retries;
    private ConfigValues.@Nullable Text idempotency;
    private ConfigValues.@Nullable Throttle throttle;
    private ConfigValues.@Nullable RateLimit rateLimit;
    private ConfigValues.@Nullable Debounce debounce;
    private ConfigValues.@Nullable Batch batch;
    private ConfigValues.@Nullable Priority priority;
    private ConfigValues.@Nullable Singleton singleton;
    private ConfigValues.@Nullable Timeouts timeouts;
    private ConfigValues.@Nullable Checkpoint checkpoint;

    Config event(String name) {
      return event(name, null);
    }

    Config event(String name, @Nullable String condition) {
      OptionKey at = FUNCTION.member("event", events.size());
      events.add(
          new ConfigValues.EventTrigger(
              at, name, condition == null ? null : new ConfigValues.Text(at, condition)));
      return this;
    }

    Config cron(String expression) {
      return cron(expression, null, null);
    }

    Config cron(String expression, @Nullable String zone, @Nullable String jitter) {
      OptionKey at = OptionKey.of("Cron", crons.size());
      crons.add(
          new ConfigValues.CronTrigger(
              new ConfigValues.Text(at.member("value"), expression),
              zone == null ? null : new ConfigValues.Text(at.member("zone"), zone),
              jitter == null ? null : new ConfigValues.Text(at.member("jitter"), jitter)));
      return this;
    }

    Config when(String expression) {
      when = new ConfigValues.Text(FUNCTION.member("when"), expression);
      return this;
    }

    Config retries(int number) {
      retries = new ConfigValues.Count(FUNCTION.member("retries"), number);
      return this;
    }

    Config idempotency(String key) {
      idempotency = new ConfigValues.Text(FUNCTION.member("idempotency"), key);
      return this;
    }

    Config concurrency(@Nullable Integer limit, @Nullable String key, @Nullable String scope) {
      concurrency.add(
          new ConfigValues.Concurrency(
              OptionKey.of("Concurrency", concurrency.size()), limit, key, scope, false));
      return this;
    }

    Config throttle(
        @Nullable Integer limit,
        @Nullable String period,
        @Nullable Integer burst,
        @Nullable String key) {
      throttle = new ConfigValues.Throttle(OptionKey.of("Throttle"), limit, period, burst, key);
      return this;
    }

    Config rateLimit(@Nullable Integer limit, @Nullable String period, @Nullable String key) {
      rateLimit = new ConfigValues.RateLimit(OptionKey.of("RateLimit"), limit, period, key);
      return this;
    }

    Config debounce(@Nullable String period, @Nullable String timeout, @Nullable String key) {
      debounce = new ConfigValues.Debounce(OptionKey.of("Debounce"), period, timeout, key);
      return this;
    }

    Config batch(
        @Nullable Integer size,
        @Nullable String timeout,
        @Nullable String key,
        @Nullable String condition) {
      batch = new ConfigValues.Batch(OptionKey.of("Batch"), size, timeout, key, condition);
      return this;
    }

    Config priority(String run) {
      priority = new ConfigValues.Priority(OptionKey.of("Priority"), run);
      return this;
    }

    Config singleton(@Nullable String key, @Nullable String mode) {
      singleton = new ConfigValues.Singleton(OptionKey.of("Singleton"), key, mode);
      return this;
    }

    Config cancelOn(
        @Nullable String event,
        @Nullable String condition,
        @Nullable String match,
        @Nullable String timeout) {
      cancels.add(
          new ConfigValues.CancelOn(
              OptionKey.of("CancelOn", cancels.size()), event, condition, match, timeout));
      return this;
    }

    Config timeouts(@Nullable String start, @Nullable String finish) {
      timeouts = new ConfigValues.Timeouts(OptionKey.of("Timeouts"), start, finish);
      return this;
    }

    Config checkpoint(
        @Nullable Integer steps, @Nullable String interval, @Nullable String runtime) {
      checkpoint =
          new ConfigValues.Checkpoint(OptionKey.of("Checkpoint"), steps, interval, runtime);
      return this;
    }

    ConfigValues values() {
      return new ConfigValues(
          events,
          crons,
          when,
          retries,
          idempotency,
          concurrency,
          throttle,
          rateLimit,
          debounce,
          batch,
          priority,
          singleton,
          cancels,
          timeouts,
          checkpoint);
    }

    @Override
    public String toString() {
      return values().toString();
    }
  }

  private static Config config() {
    return new Config();
  }

  static Stream<Config> accepted() {
    Config many = config();
    IntStream.range(0, 8).forEach(i -> many.event("shop/order." + i));
    return Stream.of(
        config(),
        many.cron("0 * * * *").cron("5 * * * *", "Europe/Paris", "30s"),
        config().event("shop/a", "event.data.x > 1").event("shop/a", "event.data.x < 0"),
        config().retries(0),
        config().retries(20),
        config().concurrency(1, null, null),
        config().concurrency(5, "event.data.user", "ENV").concurrency(1, null, "fn"),
        config().concurrency(5, "'all'", "account").concurrency(5, "event.data.x", "account"),
        config().throttle(1, "1s", null, null),
        config().throttle(10, "7d", 0, "event.data.user"),
        config().rateLimit(1, "1s", null),
        config().rateLimit(10, "24h", "event.data.user"),
        config().rateLimit(10, "1d", null),
        config().debounce("1s", null, null),
        config().debounce("7d", "7d", "event.data.user"),
        config().debounce("10s", "5m", null),
        config().batch(2, "1s", null, null),
        config().batch(100, "24h", "event.data.user", "event.data.batch == true"),
        config().priority("event.data.vip ? 120 : 0"),
        config().singleton(null, null),
        config().singleton("event.data.user", "CANCEL"),
        config().singleton("event.data.user", "skip"),
        config()
            .cancelOn("shop/a", null, null, null)
            .cancelOn("shop/a", "async.data.x == event.data.x", null, "1h")
            .cancelOn("shop/a", null, "data.x", "2026-12-31T23:59:59Z")
            .cancelOn("shop/b", null, "data.x", "1w2d")
            .cancelOn("inngest/function.failed", null, null, null),
        config().timeouts("10m", "2h"),
        config().timeouts(null, "2h"),
        config().checkpoint(1, "0s", "10s"),
        config().checkpoint(null, null, null),
        config().idempotency("event.data.id").debounce("1s", null, null).singleton(null, null),
        config().event("shop/a").cron("0 * * * *").when("event.data.x > 1"),
        config().batch(10, "5s", null, null).concurrency(1, null, null).throttle(1, "1m", 1, null));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatWorksIsAccepted(Config config) {
    assertThat(ConfigRules.check(config.values())).isEmpty();
  }

  private record Mistake(Config config, ProblemCode code, OptionKey at, String fact, String fix) {
    @Override
    public String toString() {
      return code.code() + ": " + fact;
    }
  }

  private static Mistake of(
      Config config, ProblemCode code, OptionKey at, String fact, String fix) {
    return new Mistake(config, code, at, fact, fix);
  }

  private static OptionKey at(String annotation, String member) {
    return OptionKey.of(annotation).member(member);
  }

  private static Stream<Mistake> triggers() {
    Config many = config();
    IntStream.range(0, 10).forEach(i -> many.event("shop/order." + i));
    return Stream.of(
        of(
            many.cron("0 * * * *"),
            ProblemCode.TRIGGER_COUNT,
            at("Cron", "value"),
            "The function has 11 events and schedules; the server takes 10.",
            "Use a pattern such as shop/*, or several functions."),
        of(
            config().event("shop/a").event("shop/a"),
            ProblemCode.TRIGGER_COUNT,
            FUNCTION.member("event", 1),
            "The event \"shop/a\" is named twice.",
            "Remove one of them."),
        of(
            config().cron("0 * * * *", "UTC", "1s").cron("0 * * * *", "UTC", "2s"),
            ProblemCode.TRIGGER_COUNT,
            OptionKey.of("Cron", 1).member("value"),
            "The schedule \"0 * * * *\" is given twice.",
            "Remove one of them."),
        of(
            config().cron("0 * * *"),
            ProblemCode.CRON,
            at("Cron", "value"),
            "\"0 * * *\" has 4 fields.",
            "Write minute, hour, day of the month, month and day of the week, as in 30 9 * *"
                + " MON-FRI."),
        of(
            config().cron("0 0 30 2 *"),
            ProblemCode.CRON_NEVER,
            at("Cron", "value"),
            "There is no day on which \"0 0 30 2 *\" starts anything.",
            "Give a day that the month has."),
        of(
            config().cron("0 * * * *", "Europe/Berln", null),
            ProblemCode.TIME_ZONE,
            at("Cron", "zone"),
            "There is no time zone \"Europe/Berln\".",
            "Did you mean \"Europe/Berlin\"? Zones have names as in Europe/Paris."),
        of(
            config().cron("0 * * * *", null, "6m"),
            ProblemCode.JITTER,
            at("Cron", "jitter"),
            "The jitter 6m is longer than 5m.",
            "Write 1s to 5m."),
        of(
            config().retries(21),
            ProblemCode.RETRIES,
            FUNCTION.member("retries"),
            "retries is 21.",
            "The server takes 0 to 20."),
        of(
            config().retries(-2),
            ProblemCode.RETRIES,
            FUNCTION.member("retries"),
            "retries is -2.",
            "The server takes 0 to 20."));
  }

  private static Stream<Mistake> flow() {
    return Stream.of(
        of(
            config().concurrency(3, null, null).concurrency(2, "a", null).concurrency(1, "b", null),
            ProblemCode.CONCURRENCY,
            OptionKey.of("Concurrency", 2),
            "The function has 3 limits; the server takes 2.",
            "Remove all but the two that are needed."),
        of(
            config().concurrency(-1, null, null),
            ProblemCode.CONCURRENCY,
            at("Concurrency", "limit"),
            "limit is -1.",
            "It is 0 or more."),
        of(
            config().concurrency(null, null, null),
            ProblemCode.CONCURRENCY,
            OptionKey.of("Concurrency"),
            "@Concurrency has no limit.",
            "Give one."),
        of(
            config().concurrency(1, null, "ENV"),
            ProblemCode.CONCURRENCY,
            at("Concurrency", "scope"),
            "The scope ENV has no key.",
            "Give a key: functions that have the same one share the limit; a text in quotes will"
                + " do."),
        of(
            config().concurrency(1, null, "ACCOUNT"),
            ProblemCode.CONCURRENCY,
            at("Concurrency", "scope"),
            "The scope ACCOUNT has no key.",
            "Give a key: functions that have the same one share the limit; a text in quotes will"
                + " do."),
        of(
            config().concurrency(1, "'a'", "APP"),
            ProblemCode.CONCURRENCY,
            at("Concurrency", "scope"),
            "There is no scope APP.",
            "It is FN, ENV or ACCOUNT."),
        of(
            config().concurrency(1, "a", null).concurrency(2, "a", "FN"),
            ProblemCode.CONCURRENCY,
            OptionKey.of("Concurrency", 1),
            "Two limits count the same: only the lower one has an effect.",
            "Remove one, or give it another key or scope."),
        of(
            config().throttle(0, "1m", null, null),
            ProblemCode.THROTTLE,
            at("Throttle", "limit"),
            "limit is 0.",
            "It is 1 or more."),
        of(
            config().throttle(1, null, null, null),
            ProblemCode.THROTTLE,
            OptionKey.of("Throttle"),
            "@Throttle has no period.",
            "Give one."),
        of(
            config().throttle(1, "8d", null, null),
            ProblemCode.THROTTLE,
            at("Throttle", "period"),
            "The period 8d is longer than 7d.",
            "Write 1s to 7d."),
        of(
            config().throttle(1, "1m", -1, null),
            ProblemCode.THROTTLE,
            at("Throttle", "burst"),
            "burst is -1.",
            "It is 0 or more."),
        of(
            config().rateLimit(0, "1m", null),
            ProblemCode.RATE_LIMIT,
            at("RateLimit", "limit"),
            "limit is 0.",
            "It is 1 or more."),
        of(
            config().rateLimit(1, "100ms", null),
            ProblemCode.RATE_LIMIT,
            at("RateLimit", "period"),
            "The period 100ms is shorter than 1s.",
            "Write 1s to 24h."),
        of(
            config().rateLimit(1, "25h", null),
            ProblemCode.RATE_LIMIT,
            at("RateLimit", "period"),
            "The period 25h is longer than 24h.",
            "Write 1s to 24h."),
        of(
            config().debounce("999ms", null, null),
            ProblemCode.DEBOUNCE,
            at("Debounce", "period"),
            "The period 999ms is shorter than 1s.",
            "Write 1s to 7d."),
        of(
            config().debounce("7d1s", null, null),
            ProblemCode.DEBOUNCE,
            at("Debounce", "period"),
            "The period 7d1s is longer than 7d.",
            "Write 1s to 7d."),
        of(
            config().debounce("10d", "1s", null),
            ProblemCode.DEBOUNCE,
            at("Debounce", "period"),
            "The period 10d is longer than 7d.",
            "Write 1s to 7d."),
        of(
            config().debounce("10s", "5s", null),
            ProblemCode.DEBOUNCE,
            at("Debounce", "timeout"),
            "The timeout 5s is shorter than the period 10s.",
            "It is the most that a run is put off: make it longer than the period, or leave it"
                + " out."),
        of(
            config().debounce("10s", "later", null),
            ProblemCode.DURATION,
            at("Debounce", "timeout"),
            "\"later\" is no duration.",
            HINT),
        of(
            config().batch(1, "5s", null, null),
            ProblemCode.BATCH,
            at("Batch", "maxSize"),
            "maxSize is 1.",
            "It is 2 to 100."),
        of(
            config().batch(10_000, "5s", null, null),
            ProblemCode.BATCH,
            at("Batch", "maxSize"),
            "maxSize is 10000.",
            "It is 2 to 100."),
        of(
            config().batch(10, null, null, null),
            ProblemCode.BATCH,
            OptionKey.of("Batch"),
            "@Batch has no timeout.",
            "Give one."),
        of(
            config().batch(10, "500ms", null, null),
            ProblemCode.BATCH,
            at("Batch", "timeout"),
            "The timeout 500ms is shorter than 1s.",
            "Write 1s or more."),
        of(
            config().batch(10, "1d", null, null),
            ProblemCode.DURATION,
            at("Batch", "timeout"),
            "\"1d\" has days or weeks, which the server does not know here.",
            "Write 24h."),
        of(
            config().batch(10, "1d1.5s", null, null),
            ProblemCode.DURATION,
            at("Batch", "timeout"),
            "\"1d1.5s\" has days or weeks, which the server does not know here.",
            "Write 24h1s500ms."),
        of(
            config().timeouts(null, null),
            ProblemCode.TIMEOUTS,
            OptionKey.of("Timeouts"),
            "@Timeouts names neither start nor finish.",
            "Give one of them, or remove it."),
        of(
            config().timeouts("0s", null),
            ProblemCode.TIMEOUTS,
            at("Timeouts", "start"),
            "The start 0s is shorter than 1s.",
            "Write 1s or more."),
        of(
            config().timeouts(null, "PT10M"),
            ProblemCode.DURATION,
            at("Timeouts", "finish"),
            "\"PT10M\" is no duration.",
            "Write 10m."),
        of(
            config().checkpoint(0, null, null),
            ProblemCode.CHECKPOINT,
            at("Checkpoint", "batchSteps"),
            "batchSteps is 0.",
            "It is 1 or more."),
        of(
            config().checkpoint(1, "-1s", null),
            ProblemCode.CHECKPOINT,
            at("Checkpoint", "batchInterval"),
            "The batchInterval -1s is shorter than 0s.",
            "Write 0s or more."),
        of(
            config().checkpoint(1, null, "ten"),
            ProblemCode.DURATION,
            at("Checkpoint", "maxRuntime"),
            "\"ten\" is no duration.",
            HINT));
  }

  private static Stream<Mistake> durations() {
    return Stream.of(
            List.of("10", "Write 10s if these are seconds."),
            List.of("10 minutes", "Write 10m."),
            List.of("1 day, 2 hours and 30 min", "Write 1d2h30m."),
            List.of("1h 30m", "Write 1h30m."),
            List.of("10M", "Write 10m."),
            List.of("1.5 Hours", "Write 1.5h."),
            List.of("P1DT2H", "Write 26h."),
            List.of("PT0.5S", "Write 500ms."),
            List.of("P1Y", HINT),
            List.of("3 months", HINT),
            List.of("", HINT))
        .map(
            text ->
                of(
                    config().timeouts(text.get(0), null),
                    ProblemCode.DURATION,
                    at("Timeouts", "start"),
                    "\"" + text.get(0) + "\" is no duration.",
                    text.get(1)));
  }

  private static Stream<Mistake> cancels() {
    Config many = config();
    IntStream.range(0, 6).forEach(i -> many.cancelOn("shop/" + i, null, null, null));
    return Stream.of(
        of(
            many,
            ProblemCode.CANCEL_ON,
            OptionKey.of("CancelOn", 5),
            "The function has 6 @CancelOn; the server takes 5.",
            "Join conditions on the same event with ||."),
        of(
            config().cancelOn(null, null, null, null),
            ProblemCode.CANCEL_ON,
            OptionKey.of("CancelOn"),
            "@CancelOn names no event, and nothing ends the run.",
            "Give event or on."),
        of(
            config().cancelOn(" ", null, null, null),
            ProblemCode.CANCEL_ON,
            at("CancelOn", "event"),
            "The event's name is empty.",
            "Use a name like shop/order.cancelled."),
        of(
            config().cancelOn("shop/*", null, null, null),
            ProblemCode.CANCEL_ON,
            at("CancelOn", "event"),
            "\"shop/*\" is a pattern, and never ends a run.",
            "Name one event; use several @CancelOn for several."),
        of(
            config().cancelOn("inngest/nothing", null, null, null),
            ProblemCode.CANCEL_ON,
            at("CancelOn", "event"),
            "No run can be ended by \"inngest/nothing\".",
            "Of the server's own events, inngest/function.failed, .finished and .cancelled can."),
        of(
            config().cancelOn("a", null, null, null).cancelOn("a", null, null, "1h"),
            ProblemCode.CANCEL_ON,
            OptionKey.of("CancelOn", 1),
            "Two @CancelOn are the same.",
            "Remove one of them."),
        of(
            config().cancelOn("a", null, null, "tomorrow"),
            ProblemCode.DURATION,
            at("CancelOn", "timeout"),
            "\"tomorrow\" is no duration.",
            HINT),
        of(
            config().cancelOn("a", null, null, "0s"),
            ProblemCode.CANCEL_ON,
            at("CancelOn", "timeout"),
            "The timeout 0s is shorter than 1s.",
            "Write 1s or more."));
  }

  private static Config batched() {
    return config().batch(10, "5s", null, null);
  }

  private static Stream<Mistake> combinations() {
    return Stream.of(
        of(
            batched().cancelOn("a", null, null, null).cancelOn("b", null, null, null),
            ProblemCode.COMBINATION,
            OptionKey.of("CancelOn"),
            "@CancelOn and @Batch are on one function, which the server refuses.",
            "Remove one of them."),
        of(
            batched().debounce("5s", null, null),
            ProblemCode.COMBINATION,
            OptionKey.of("Debounce"),
            "@Debounce and @Batch are on one function, which the server refuses.",
            "Remove one of them."),
        of(
            batched().singleton(null, null),
            ProblemCode.COMBINATION,
            OptionKey.of("Singleton"),
            "@Singleton and @Batch are on one function, which the server refuses.",
            "Remove one of them."),
        of(
            batched().priority("1"),
            ProblemCode.COMBINATION,
            OptionKey.of("Priority"),
            "@Priority and @Batch are on one function, which the server refuses.",
            "Remove one of them."),
        of(
            batched().rateLimit(1, "1m", null),
            ProblemCode.COMBINATION,
            OptionKey.of("RateLimit"),
            "@RateLimit has no effect on a function with @Batch.",
            "Remove one of them."),
        of(
            batched().idempotency("event.data.x"),
            ProblemCode.COMBINATION,
            FUNCTION.member("idempotency"),
            "idempotency has no effect on a function with @Batch.",
            "Remove one of them."),
        of(
            config().idempotency("event.data.x").rateLimit(1, "1m", null),
            ProblemCode.COMBINATION,
            OptionKey.of("RateLimit"),
            "@RateLimit has no effect beside idempotency, which is a rate limit of one run in 24h.",
            "Remove one of them."),
        of(
            config().cron("0 * * * *").when("event.data.x == 1"),
            ProblemCode.COMBINATION,
            FUNCTION.member("when"),
            "The function has a when and only schedules, which have no conditions.",
            "Remove it, and test in the function."));
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(triggers(), flow(), durations(), cancels(), combinations())
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsOneFindingAtItsPlace(Mistake mistake) {
    assertThat(ConfigRules.check(mistake.config().values()))
        .extracting(
            ConfigFinding::at,
            finding -> finding.finding().code(),
            finding -> finding.finding().fact(),
            finding -> finding.finding().fix())
        .containsExactly(Tuple.tuple(mistake.at(), mistake.code(), mistake.fact(), mistake.fix()));
  }

  /** The codes that are tested here and in the tests of expressions. */
  public static Stream<ProblemCode> codes() {
    return Stream.concat(mistakes().map(Mistake::code).distinct(), ExpressionsTest.codes());
  }

  @Test
  void everyExpressionIsCheckedAtItsPlace() {
    String bad = "evnt";
    ConfigValues values =
        config()
            .event("shop/a", bad)
            .when(bad)
            .idempotency(bad)
            .concurrency(1, bad, null)
            .concurrency(1, bad, null)
            .throttle(1, "1m", null, bad)
            .rateLimit(1, "1m", bad)
            .debounce("1s", null, bad)
            .batch(2, "1s", bad, bad)
            .priority(bad)
            .singleton(bad, null)
            .cancelOn("shop/b", bad, null, null)
            .cancelOn("shop/b", null, "event.data.x", null)
            .values();
    Payload event = Payloads.untyped("shop/a");
    Payload cancel = Payloads.untyped("shop/b");

    assertThat(
            new ConfigExpressions(new Expressions())
                .check(values, List.of(event), List.of(cancel, cancel)))
        .extracting(ConfigFinding::at)
        .containsExactlyInAnyOrder(
            FUNCTION.member("event", 0),
            FUNCTION.member("when"),
            FUNCTION.member("idempotency"),
            at("Concurrency", "key"),
            OptionKey.of("Concurrency", 1).member("key"),
            at("Throttle", "key"),
            at("RateLimit", "key"),
            at("Debounce", "key"),
            at("Batch", "key"),
            at("Batch", "when"),
            at("Priority", "run"),
            at("Singleton", "key"),
            at("CancelOn", "when"),
            OptionKey.of("CancelOn", 1).member("match"));
  }

  @Test
  void aFunctionThatIsOnlyInvokedCanBeGivenAnything() {
    ConfigValues values = config().concurrency(1, "event.data.anything", null).values();
    assertThat(new ConfigExpressions(new Expressions()).check(values, List.of(), List.of()))
        .isEmpty();
  }
}
