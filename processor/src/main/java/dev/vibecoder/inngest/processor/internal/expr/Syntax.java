package dev.vibecoder.inngest.processor.internal.expr;

import org.jspecify.annotations.Nullable;

/** Reads the text of an expression. */
interface Syntax {
  /** Reads an expression; never throws. */
  Parsed parse(String expression);

  /**
   * What came of it: a node or a mistake.
   *
   * @param at where reading ended, if there is no node
   * @param message what the parser says of it
   */
  record Parsed(@Nullable Node node, int at, String message) {}
}
