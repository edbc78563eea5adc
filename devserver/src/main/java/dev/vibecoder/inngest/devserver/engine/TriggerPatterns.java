package dev.vibecoder.inngest.devserver.engine;

import java.util.LinkedHashSet;
import java.util.Set;

/** Which triggers an event's name matches (function configuration, section 3). */
final class TriggerPatterns {
  private TriggerPatterns() {}

  /** The name itself, and a pattern for every place where it could end in {@code *}. */
  static Set<String> of(String eventName) {
    Set<String> patterns = new LinkedHashSet<>();
    patterns.add(eventName);
    for (int i = 0; i < eventName.length(); i++) {
      char character = eventName.charAt(i);
      if (character == '/' || character == '.') {
        patterns.add(eventName.substring(0, i + 1) + "*");
      }
    }
    return patterns;
  }
}
