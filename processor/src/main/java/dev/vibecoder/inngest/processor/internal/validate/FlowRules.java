package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the options that count, delay and gather runs may be, each for itself. */
final class FlowRules {
  private static final int MAX_CONCURRENCY = 2;
  private static final int MIN_BATCH = 2;
  private static final int MAX_BATCH = 100;
  private static final Set<String> SCOPES = Set.of("FN", "ENV", "ACCOUNT");

  private final List<ConfigFinding> findings = new ArrayList<>();

  private FlowRules() {}

  static List<ConfigFinding> check(ConfigValues values) {
    FlowRules rules = new FlowRules();
    rules.concurrency(values.concurrency());
    Optional.ofNullable(values.throttle()).ifPresent(rules::throttle);
    Optional.ofNullable(values.rateLimit()).ifPresent(rules::rateLimit);
    Optional.ofNullable(values.debounce()).ifPresent(rules::debounce);
    Optional.ofNullable(values.batch()).ifPresent(rules::batch);
    Optional.ofNullable(values.timeouts()).ifPresent(rules::timeouts);
    Optional.ofNullable(values.checkpoint()).ifPresent(rules::checkpoint);
    return rules.findings;
  }

  private void concurrency(List<ConfigValues.Concurrency> limits) {
    if (limits.size() > MAX_CONCURRENCY) {
      add(
          limits.get(MAX_CONCURRENCY).at(),
          ProblemCode.CONCURRENCY,
          "The function has "
              + limits.size()
              + " limits; the server takes "
              + MAX_CONCURRENCY
              + ".",
          "Remove all but the two that are needed.");
    }
    Set<List<String>> seen = new HashSet<>();
    boolean runsCounted = false;
    for (ConfigValues.Concurrency limit : limits) {
      // No limit but the plan's is 0.
      atLeast(limit.at(), "limit", limit.limit(), 0, ProblemCode.CONCURRENCY);
      String scope = scope(limit);
      String key = limit.key();
      if (!scope.equals("FN") && SCOPES.contains(scope) && key == null) {
        add(
            limit.at().member("scope"),
            ProblemCode.CONCURRENCY,
            "The scope " + scope + " has no key.",
            "Give a key: functions that have the same one share the limit; a text in quotes will do.");
      }
      if (!SCOPES.contains(scope)) {
        add(
            limit.at().member("scope"),
            ProblemCode.CONCURRENCY,
            "There is no scope " + scope + ".",
            "It is FN, ENV or ACCOUNT.");
      }
      if (limit.wholeRuns()) {
        wholeRuns(limit, scope, runsCounted);
        runsCounted = true;
      } else if (!seen.add(List.of(scope, key == null ? "" : key))) {
        add(
            limit.at(),
            ProblemCode.CONCURRENCY,
            "Two limits count the same: only the lower one has an effect.",
            "Remove one, or give it another key or scope.");
      }
    }
  }

  private void wholeRuns(ConfigValues.Concurrency limit, String scope, boolean countedAlready) {
    if (!scope.equals("FN") && SCOPES.contains(scope)) {
      add(
          limit.at().member("wholeRuns"),
          ProblemCode.CONCURRENCY,
          "Whole runs cannot be counted in the scope " + scope + ".",
          "Leave out the scope, or wholeRuns.");
    } else if (countedAlready) {
      add(
          limit.at().member("wholeRuns"),
          ProblemCode.CONCURRENCY,
          "Whole runs are counted by another limit already.",
          "Leave wholeRuns on one limit.");
    }
  }

  private static String scope(ConfigValues.Concurrency limit) {
    String scope = limit.scope();
    return scope == null ? "FN" : scope.toUpperCase(Locale.ROOT);
  }

  private void throttle(ConfigValues.Throttle throttle) {
    atLeast(throttle.at(), "limit", throttle.limit(), 1, ProblemCode.THROTTLE);
    period(throttle.at(), throttle.period(), DurationRange.TO_WEEK, ProblemCode.THROTTLE);
    if (throttle.burst() != null) {
      atLeast(throttle.at(), "burst", throttle.burst(), 0, ProblemCode.THROTTLE);
    }
  }

  private void rateLimit(ConfigValues.RateLimit limit) {
    atLeast(limit.at(), "limit", limit.limit(), 1, ProblemCode.RATE_LIMIT);
    period(limit.at(), limit.period(), DurationRange.TO_DAY, ProblemCode.RATE_LIMIT);
  }

  private void debounce(ConfigValues.Debounce debounce) {
    String period = debounce.period();
    String timeout = debounce.timeout();
    period(debounce.at(), period, DurationRange.TO_WEEK, ProblemCode.DEBOUNCE);
    if (timeout == null) {
      return;
    }
    Optional<Finding> wrong =
        DurationRules.check("timeout", timeout, DurationRange.FROM_SECOND, ProblemCode.DEBOUNCE);
    add(debounce.at().member("timeout"), wrong);
    // With a period that is refused nothing need be compared.
    Optional<Duration> quiet =
        Optional.ofNullable(period)
            .filter(
                given ->
                    DurationRules.check(
                            "period", given, DurationRange.TO_WEEK, ProblemCode.DEBOUNCE)
                        .isEmpty())
            .flatMap(Durations::parse);
    Optional<Duration> longest = Durations.parse(timeout);
    if (wrong.isEmpty()
        && quiet.isPresent()
        && longest.filter(most -> most.compareTo(quiet.get()) < 0).isPresent()) {
      add(
          debounce.at().member("timeout"),
          ProblemCode.DEBOUNCE,
          "The timeout " + timeout + " is shorter than the period " + period + ".",
          "It is the most that a run is put off: make it longer than the period, or leave it out.");
    }
  }

  private void batch(ConfigValues.Batch batch) {
    Integer size = batch.maxSize();
    if (size != null && (size < MIN_BATCH || size > MAX_BATCH)) {
      add(
          batch.at().member("maxSize"),
          ProblemCode.BATCH,
          "maxSize is " + size + ".",
          "It is " + MIN_BATCH + " to " + MAX_BATCH + ".");
    }
    if (size == null) {
      missing(batch.at(), "maxSize", ProblemCode.BATCH);
    }
    String timeout = batch.timeout();
    if (timeout == null) {
      missing(batch.at(), "timeout", ProblemCode.BATCH);
    } else {
      add(
          batch.at().member("timeout"),
          DurationRules.checkWithoutDays(
              "timeout", timeout, DurationRange.FROM_SECOND, ProblemCode.BATCH));
    }
  }

  private void timeouts(ConfigValues.Timeouts timeouts) {
    String start = timeouts.start();
    String finish = timeouts.finish();
    if (start == null && finish == null) {
      add(
          timeouts.at(),
          ProblemCode.TIMEOUTS,
          "@Timeouts names neither start nor finish.",
          "Give one of them, or remove it.");
    }
    if (start != null) {
      add(
          timeouts.at().member("start"),
          DurationRules.check("start", start, DurationRange.FROM_SECOND, ProblemCode.TIMEOUTS));
    }
    if (finish != null) {
      add(
          timeouts.at().member("finish"),
          DurationRules.check("finish", finish, DurationRange.FROM_SECOND, ProblemCode.TIMEOUTS));
    }
  }

  private void checkpoint(ConfigValues.Checkpoint checkpoint) {
    if (checkpoint.batchSteps() != null) {
      atLeast(checkpoint.at(), "batchSteps", checkpoint.batchSteps(), 1, ProblemCode.CHECKPOINT);
    }
    String interval = checkpoint.batchInterval();
    if (interval != null) {
      add(
          checkpoint.at().member("batchInterval"),
          DurationRules.check(
              "batchInterval", interval, DurationRange.NOT_NEGATIVE, ProblemCode.CHECKPOINT));
    }
    String runtime = checkpoint.maxRuntime();
    if (runtime != null) {
      add(
          checkpoint.at().member("maxRuntime"),
          DurationRules.check(
              "maxRuntime", runtime, DurationRange.NOT_NEGATIVE, ProblemCode.CHECKPOINT));
    }
  }

  private void period(
      OptionKey at, @Nullable String period, DurationRange range, ProblemCode code) {
    if (period == null) {
      missing(at, "period", code);
    } else {
      add(at.member("period"), DurationRules.check("period", period, range, code));
    }
  }

  private void atLeast(
      OptionKey at, String member, @Nullable Integer value, int least, ProblemCode code) {
    if (value == null) {
      missing(at, member, code);
    } else if (value < least) {
      add(at.member(member), code, member + " is " + value + ".", "It is " + least + " or more.");
    }
  }

  private void missing(OptionKey at, String member, ProblemCode code) {
    add(at, code, "@" + at.annotation() + " has no " + member + ".", "Give one.");
  }

  private void add(OptionKey at, Optional<Finding> finding) {
    finding.ifPresent(one -> findings.add(new ConfigFinding(at, one)));
  }

  private void add(OptionKey at, ProblemCode code, String fact, String fix) {
    findings.add(new ConfigFinding(at, new Finding(code, fact, fix)));
  }
}
