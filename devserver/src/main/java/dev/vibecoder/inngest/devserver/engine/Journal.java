package dev.vibecoder.inngest.devserver.engine;

import java.util.List;

/** Where facts are kept. They are kept before any effect of them starts. */
public interface Journal {
  /**
   * Keeps facts.
   *
   * @param facts what happened, in order
   */
  void append(List<Fact> facts);

  /**
   * Keeps nothing: everything is lost with the process.
   *
   * @return a journal without memory
   */
  static Journal none() {
    return facts -> {};
  }
}
