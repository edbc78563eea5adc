package dev.vibecoder.inngest.devserver.engine;

import dev.vibecoder.inngest.protocol.FunctionConfig;
import java.util.Optional;

/** Which triggers this server can act on. */
public final class TriggerRules {
  private static final int MAX_NAME_LENGTH = 255;

  private TriggerRules() {}

  /**
   * What is wrong with a trigger.
   *
   * @param trigger the trigger
   * @return what is wrong, or empty
   */
  public static Optional<String> problem(FunctionConfig.Trigger trigger) {
    if (trigger.cron() != null) {
      return Optional.of("schedules (cron) are not supported by this version of the dev server");
    }
    String event = trigger.event();
    if (event == null || event.isBlank() || event.length() > MAX_NAME_LENGTH) {
      return Optional.of(
          "a trigger's event name must have 1 to " + MAX_NAME_LENGTH + " characters");
    }
    String expression = trigger.expression();
    if (expression != null && Condition.parse(expression).isEmpty()) {
      return Optional.of(
          "the expression "
              + expression
              + " is not supported by this version of the dev server, which understands"
              + " event.<path> == '<text>', joined by &&");
    }
    return Optional.empty();
  }
}
