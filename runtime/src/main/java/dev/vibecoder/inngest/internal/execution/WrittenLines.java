package dev.vibecoder.inngest.internal.execution;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which lines the branches of groups have logged of late. Every call visits all branches, and no
 * call tells what an earlier one has logged. Safe for use by many threads.
 */
final class WrittenLines {
  private static final int MAX_LINES = 4_096;

  private final Map<String, Boolean> lines =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_LINES;
        }
      };

  /**
   * Notes that a line is written now.
   *
   * @param line what tells it from all others of all runs
   * @return whether it was not written before
   */
  boolean add(String line) {
    synchronized (lines) {
      return lines.put(line, true) == null;
    }
  }
}
