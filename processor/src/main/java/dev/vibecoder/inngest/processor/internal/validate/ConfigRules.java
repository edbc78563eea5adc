package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a function may be: the server's own rules, and those that it ought to have.
 * It refuses a whole app for one bad option without saying which, and accepts others that never
 * work.
 */
public final class ConfigRules {
  private static final int MAX_TRIGGERS = 10;
  private static final int MAX_RETRIES = 20;

  private final ConfigValues values;
  private final List<ConfigFinding> findings = new ArrayList<>();

  private ConfigRules(ConfigValues values) {
    this.values = values;
  }

  /**
   * What is wrong with the options of a function, expressions and formats of event names apart.
   *
   * @return one finding a mistake
   */
  public static List<ConfigFinding> check(ConfigValues values) {
    ConfigRules rules = new ConfigRules(values);
    rules.triggers();
    rules.schedules();
    rules.retries();
    rules.findings.addAll(FlowRules.check(values));
    rules.findings.addAll(CancelRules.check(values.cancelOn()));
    rules.findings.addAll(CombinationRules.check(values));
    return List.copyOf(rules.findings);
  }

  private void triggers() {
    Set<List<Object>> seen = new HashSet<>();
    for (ConfigValues.EventTrigger event : values.events()) {
      ConfigValues.Text when = event.when();
      if (!seen.add(List.of(event.name(), when == null ? "" : when.value()))) {
        add(
            event.at(),
            ProblemCode.TRIGGER_COUNT,
            "The event \"" + event.name() + "\" is named twice.",
            "Remove one of them.");
      }
    }
    List<OptionKey> places = new ArrayList<>();
    values.events().forEach(event -> places.add(event.at()));
    values.crons().forEach(cron -> places.add(cron.expression().at()));
    if (places.size() > MAX_TRIGGERS) {
      add(
          places.get(MAX_TRIGGERS),
          ProblemCode.TRIGGER_COUNT,
          "The function has "
              + places.size()
              + " events and schedules; the server takes "
              + MAX_TRIGGERS
              + ".",
          "Use a pattern such as shop/*, or several functions.");
    }
  }

  private void schedules() {
    Set<String> seen = new HashSet<>();
    for (ConfigValues.CronTrigger cron : values.crons()) {
      String expression = cron.expression().value();
      ConfigValues.Text zone = cron.zone();
      ConfigValues.Text jitter = cron.jitter();
      if (zone != null) {
        add(zone.at(), CronRules.zone(zone.value()));
      }
      add(cron.expression().at(), CronRules.check(expression, zone == null ? null : zone.value()));
      if (jitter != null) {
        add(jitter.at(), CronRules.jitter(jitter.value()));
      }
      if (!seen.add(CronRules.withZone(expression, zone == null ? null : zone.value()))) {
        add(
            cron.expression().at(),
            ProblemCode.TRIGGER_COUNT,
            "The schedule \"" + expression + "\" is given twice.",
            "Remove one of them.");
      }
    }
  }

  private void retries() {
    ConfigValues.@Nullable Count retries = values.retries();
    if (retries != null && (retries.value() < 0 || retries.value() > MAX_RETRIES)) {
      add(
          retries.at(),
          ProblemCode.RETRIES,
          "retries is " + retries.value() + ".",
          "The server takes 0 to " + MAX_RETRIES + ".");
    }
  }

  private void add(OptionKey at, Optional<Finding> finding) {
    finding.ifPresent(one -> findings.add(new ConfigFinding(at, one)));
  }

  private void add(OptionKey at, ProblemCode code, String fact, String fix) {
    findings.add(new ConfigFinding(at, new Finding(code, fact, fix)));
  }
}
