package dev.vibecoder.inngest.processor.internal.scan;

import com.palantir.javapoet.ClassName;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.env.EventCatalog;
import dev.vibecoder.inngest.processor.internal.expr.Expressions;
import dev.vibecoder.inngest.processor.internal.expr.Payload;
import dev.vibecoder.inngest.processor.internal.expr.Payloads;
import dev.vibecoder.inngest.processor.internal.model.EventModel;
import dev.vibecoder.inngest.processor.internal.time.Durations;
import dev.vibecoder.inngest.processor.internal.validate.ConfigExpressions;
import dev.vibecoder.inngest.processor.internal.validate.ConfigFinding;
import dev.vibecoder.inngest.processor.internal.validate.ConfigRules;
import dev.vibecoder.inngest.processor.internal.validate.ConfigValues;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Checks what was written about how a function starts and is treated. One for a round. */
public final class OptionChecks {
  private final Elements elements;
  private final EventCatalog events;
  private final Payloads payloads;
  private final ConfigExpressions expressions;

  /**
   * Makes the checks.
   *
   * @param expressions one for the whole compilation
   */
  public OptionChecks(
      Elements elements, EventCatalog events, Payloads payloads, Expressions expressions) {
    this.elements = elements;
    this.events = events;
    this.payloads = payloads;
    this.expressions = new ConfigExpressions(expressions);
  }

  void check(DeclaredOptions options, ConfigValues values, Problems problems) {
    for (ConfigFinding finding : ConfigRules.check(values)) {
      finding.finding().report(problems, options.at(finding.at()));
    }
    List<Payload> triggers = values.events().stream().map(event -> payload(event.name())).toList();
    List<Payload> cancels = values.cancelOn().stream().map(rule -> payload(rule.event())).toList();
    for (ConfigFinding finding : expressions.check(values, triggers, cancels)) {
      finding.finding().report(problems, options.at(finding.at()));
    }
    values.cancelOn().forEach(rule -> pointInTime(options, rule, problems));
  }

  /**
   * The server takes one; here it would be a program that stops cancelling for good on that day.
   */
  private static void pointInTime(
      DeclaredOptions options, ConfigValues.CancelOn rule, Problems problems) {
    String timeout = rule.timeout();
    if (timeout != null && timeout.matches("\\d{4}-.*") && Durations.parse(timeout).isEmpty()) {
      problems.add(
          ProblemCode.CANCEL_ON,
          options.at(rule.at().member("timeout")),
          "The timeout \"" + timeout + "\" is a point in time.",
          "Say how long after its start a run can be cancelled, as in 30d.");
    }
  }

  /** What the event of a name holds; anything if it was complained about, or is none. */
  private Payload payload(@Nullable String name) {
    if (name == null) {
      return Payloads.untyped("");
    }
    ClassName source =
        events
            .named(name)
            .filter(event -> !events.isBroken(name))
            .map(EventModel::source)
            .orElse(null);
    TypeElement type = source == null ? null : elements.getTypeElement(source.canonicalName());
    return type == null ? Payloads.untyped(name) : payloads.event(name, type.asType());
  }
}
