package dev.vibecoder.inngest.processor.internal.validate;

import dev.vibecoder.inngest.processor.internal.expr.Expressions;
import dev.vibecoder.inngest.processor.internal.expr.Payload;
import java.util.List;

/** Checks every expression among the options of a function. */
public final class ConfigExpressions {
  public ConfigExpressions(Expressions expressions) {}

  /**
   * What is wrong with the expressions of a function.
   *
   * @param triggers what the events of {@link ConfigValues#events} hold, one each
   * @param cancels what the events of {@link ConfigValues#cancelOn} hold, one each
   * @return one finding a mistake
   */
  public List<ConfigFinding> check(
      ConfigValues values, List<Payload> triggers, List<Payload> cancels) {
    return List.of();
  }
}
