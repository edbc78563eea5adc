package dev.vibecoder.inngest.internal.execution;

import org.jspecify.annotations.Nullable;

/**
 * How a branch came out of a visit.
 *
 * @param frame how far it came
 * @param blocked whether it has to wait; else it has ended
 * @param value what it gave
 * @param thrown what it threw, or null
 */
record BranchEnd(Frame frame, boolean blocked, @Nullable Object value, @Nullable Throwable thrown) {
  /** What the branch gave, or throws what it threw. */
  @Nullable Object get() {
    if (thrown != null) {
      throw ThrownError.<RuntimeException>sneak(thrown);
    }
    return value;
  }
}
