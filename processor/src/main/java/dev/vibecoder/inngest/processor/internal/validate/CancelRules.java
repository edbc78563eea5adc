package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.diag.Finding;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What events that end runs may be. */
final class CancelRules {
  private static final int MAX = 5;

  private final List<ConfigFinding> findings = new ArrayList<>();

  private CancelRules() {}

  static List<ConfigFinding> check(List<ConfigValues.CancelOn> cancels) {
    CancelRules rules = new CancelRules();
    if (cancels.size() > MAX) {
      rules.add(
          cancels.get(MAX).at(),
          ProblemCode.CANCEL_ON,
          "The function has " + cancels.size() + " @CancelOn; the server takes " + MAX + ".",
          "Join conditions on the same event with ||.");
    }
    Set<List<Optional<String>>> seen = new HashSet<>();
    for (ConfigValues.CancelOn cancel : cancels) {
      rules.event(cancel);
      rules.timeout(cancel);
      boolean fresh =
          seen.add(
              List.of(
                  Optional.ofNullable(cancel.event()),
                  Optional.ofNullable(cancel.when()),
                  Optional.ofNullable(cancel.match())));
      if (!fresh && cancel.event() != null) {
        rules.add(
            cancel.at(),
            ProblemCode.CANCEL_ON,
            "Two @CancelOn are the same.",
            "Remove one of them.");
      }
    }
    return rules.findings;
  }

  private void event(ConfigValues.CancelOn cancel) {
    String event = cancel.event();
    if (event == null) {
      add(
          cancel.at(),
          ProblemCode.CANCEL_ON,
          "@CancelOn names no event, and nothing ends the run.",
          "Give event or on.");
      return;
    }
    OptionKey at = cancel.at().member("event");
    Optional<String> problem = Ids.eventNameProblem(event);
    if (problem.isPresent()) {
      add(at, ProblemCode.CANCEL_ON, problem.get(), "Use a name like shop/order.cancelled.");
    } else if (event.contains("*")) {
      add(
          at,
          ProblemCode.CANCEL_ON,
          "\"" + event + "\" is a pattern, and never ends a run.",
          "Name one event; use several @CancelOn for several.");
    } else if (Ids.isReserved(event) && !EventRules.isUsable(event)) {
      add(
          at,
          ProblemCode.CANCEL_ON,
          "No run can be ended by \"" + event + "\".",
          "Of the server's own events, inngest/function.failed, .finished and .cancelled can.");
    }
  }

  private void timeout(ConfigValues.CancelOn cancel) {
    String timeout = cancel.timeout();
    if (timeout != null && !isTime(timeout)) {
      DurationRules.check("timeout", timeout, DurationRange.FROM_SECOND, ProblemCode.CANCEL_ON)
          .ifPresent(
              finding -> findings.add(new ConfigFinding(cancel.at().member("timeout"), finding)));
    }
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private void add(OptionKey at, ProblemCode code, String fact, String fix) {
    findings.add(new ConfigFinding(at, new Finding(code, fact, fix)));
  }
}
