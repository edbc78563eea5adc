package dev.vibecoder.inngest.processor.internal.validate;

import java.util.List;

/**
 * What the options of a function may be: the server's own rules, and those that it ought to have.
 * It refuses a whole app for one bad option without saying which, and accepts others that never
 * work.
 */
public final class ConfigRules {
  private ConfigRules() {}

  /**
   * What is wrong with the options of a function, expressions and formats of event names apart.
   *
   * @return one finding a mistake
   */
  public static List<ConfigFinding> check(ConfigValues values) {
    return List.of();
  }
}
