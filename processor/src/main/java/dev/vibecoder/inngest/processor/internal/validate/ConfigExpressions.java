package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.expr.ExpressionUse;
import dev.vibecoder.inngest.processor.internal.expr.Expressions;
import dev.vibecoder.inngest.processor.internal.expr.Payload;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks every expression among the options of a function. */
public final class ConfigExpressions {
  private final Expressions expressions;

  public ConfigExpressions(Expressions expressions) {
    this.expressions = expressions;
  }

  /**
   * What is wrong with the expressions of a function.
   *
   * @param triggers what the events of {@link ConfigValues#events} hold, one each
   * @param cancels what the events of {@link ConfigValues#cancelOn} hold, one each
   * @return one finding a mistake
   */
  public List<ConfigFinding> check(
      ConfigValues values, List<Payload> triggers, List<Payload> cancels) {
    return new Walk(values, triggers, cancels).check();
  }

  /** One way through the options of a function. */
  private final class Walk {
    private final ConfigValues values;
    private final List<Payload> triggers;
    private final List<Payload> cancels;
    private final Payload started;
    private final List<ConfigFinding> findings = new ArrayList<>();

    Walk(ConfigValues values, List<Payload> triggers, List<Payload> cancels) {
      this.values = values;
      this.triggers = triggers;
      this.cancels = cancels;
      List<Payload> all = new ArrayList<>(triggers);
      if (!values.crons().isEmpty()) {
        all.add(Payloads.cron());
      }
      // Without an event, what starts the function is an invocation, with any data.
      this.started =
          all.isEmpty() ? Payloads.untyped("inngest/function.invoked") : Payloads.anyOf(all);
    }

    List<ConfigFinding> check() {
      conditions();
      keys();
      cancels();
      return List.copyOf(findings);
    }

    private void conditions() {
      if (values.when() != null && !triggers.isEmpty()) {
        // Schedules have no conditions.
        check(
            ExpressionUse.TRIGGER_WHEN,
            values.when().at(),
            values.when().value(),
            Payloads.anyOf(triggers),
            null);
      }
      for (int i = 0; i < values.events().size(); i++) {
        ConfigValues.Text when = values.events().get(i).when();
        if (when != null) {
          check(ExpressionUse.TRIGGER_WHEN, when.at(), when.value(), triggers.get(i), null);
        }
      }
    }

    private void keys() {
      if (values.idempotency() != null) {
        check(
            ExpressionUse.IDEMPOTENCY,
            values.idempotency().at(),
            values.idempotency().value(),
            started,
            null);
      }
      values.concurrency().forEach(limit -> key(limit.at(), limit.key()));
      if (values.throttle() != null) {
        key(values.throttle().at(), values.throttle().key());
      }
      if (values.rateLimit() != null) {
        key(values.rateLimit().at(), values.rateLimit().key());
      }
      if (values.debounce() != null) {
        key(values.debounce().at(), values.debounce().key());
      }
      if (values.singleton() != null) {
        key(values.singleton().at(), values.singleton().key());
      }
      if (values.batch() != null) {
        key(values.batch().at(), values.batch().key());
        check(ExpressionUse.BATCH_WHEN, values.batch().at().member("when"), values.batch().when());
      }
      if (values.priority() != null) {
        check(
            ExpressionUse.PRIORITY, values.priority().at().member("run"), values.priority().run());
      }
    }

    private void cancels() {
      for (int i = 0; i < values.cancelOn().size(); i++) {
        ConfigValues.CancelOn cancel = values.cancelOn().get(i);
        String when = cancel.when();
        String match = cancel.match();
        if (when != null) {
          check(
              ExpressionUse.CANCEL_WHEN, cancel.at().member("when"), when, started, cancels.get(i));
        }
        if (match != null) {
          add(cancel.at().member("match"), expressions.checkMatch(match, started, cancels.get(i)));
        }
      }
    }

    private void key(OptionKey at, @Nullable String key) {
      check(ExpressionUse.KEY, at.member("key"), key);
    }

    private void check(ExpressionUse use, OptionKey at, @Nullable String expression) {
      if (expression != null) {
        check(use, at, expression, started, null);
      }
    }

    private void check(
        ExpressionUse use,
        OptionKey at,
        String expression,
        Payload event,
        @Nullable Payload async) {
      add(at, expressions.check(use, expression, event, async));
    }

    private void add(OptionKey at, List<Finding> found) {
      found.forEach(finding -> findings.add(new ConfigFinding(at, finding)));
    }
  }
}
