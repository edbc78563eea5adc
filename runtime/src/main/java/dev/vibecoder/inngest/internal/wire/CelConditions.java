package dev.vibecoder.inngest.internal.wire;

import org.jspecify.annotations.Nullable;

/** Joins conditions in CEL, the language of the server's expressions. */
public final class CelConditions {
  private CelConditions() {}

  /**
   * Both conditions at once. Each is put in parentheses: an operator in it may bind less than the
   * one that joins them.
   *
   * @param before what was wanted before, or null for nothing
   * @param more what is wanted as well; alone, it stays as it was written
   */
  public static String and(@Nullable String before, String more) {
    return before == null ? more : "(" + before + ") && (" + more + ")";
  }
}
