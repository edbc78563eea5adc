package dev.vibecoder.inngest.processor.internal.lint;

import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;

/** What is made of doubtful code: {@code -Ainngest.lint=off|warn|error}. */
public enum LintLevel {
  OFF,
  WARN,
  ERROR;

  /** The level of an option's value. */
  public static Optional<LintLevel> of(String value) {
    for (LintLevel level : values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(value)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** The kind of message. */
  public Diagnostic.Kind kind() {
    return this == ERROR ? Diagnostic.Kind.ERROR : Diagnostic.Kind.WARNING;
  }
}
