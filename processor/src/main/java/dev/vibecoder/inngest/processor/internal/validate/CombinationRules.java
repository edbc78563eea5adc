package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Options that do not go together: the server refuses them, or leaves one of them out. */
final class CombinationRules {
  private final ConfigValues values;
  private final List<ConfigFinding> findings = new ArrayList<>();

  private CombinationRules(ConfigValues values) {
    this.values = values;
  }

  static List<ConfigFinding> check(ConfigValues values) {
    CombinationRules rules = new CombinationRules(values);
    rules.batch();
    rules.idempotency();
    rules.condition();
    return rules.findings;
  }

  private void batch() {
    if (values.batch() == null) {
      return;
    }
    values.cancelOn().stream().limit(1).forEach(cancel -> refused(cancel.at(), "@CancelOn"));
    if (values.debounce() != null) {
      refused(values.debounce().at(), "@Debounce");
    }
    if (values.singleton() != null) {
      refused(values.singleton().at(), "@Singleton");
    }
    if (values.priority() != null) {
      refused(values.priority().at(), "@Priority");
    }
    if (values.rateLimit() != null) {
      ignored(values.rateLimit().at(), "@RateLimit");
    }
    if (values.idempotency() != null) {
      ignored(values.idempotency().at(), "idempotency");
    }
  }

  private void refused(OptionKey at, String option) {
    add(
        at,
        option + " and @Batch are on one function, which the server refuses.",
        "Remove one of them.");
  }

  private void ignored(OptionKey at, String option) {
    add(at, option + " has no effect on a function with @Batch.", "Remove one of them.");
  }

  private void idempotency() {
    if (values.idempotency() != null && values.rateLimit() != null && values.batch() == null) {
      add(
          values.rateLimit().at(),
          "@RateLimit has no effect beside idempotency, which is a rate limit of one run in 24h.",
          "Remove one of them.");
    }
  }

  private void condition() {
    if (values.when() != null && values.events().isEmpty() && !values.crons().isEmpty()) {
      add(
          values.when().at(),
          "The function has a when and only schedules, which have no conditions.",
          "Remove it, and test in the function.");
    }
  }

  private void add(OptionKey at, String fact, String fix) {
    findings.add(new ConfigFinding(at, new Finding(ProblemCode.COMBINATION, fact, fix)));
  }
}
