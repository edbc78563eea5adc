package dev.vibecoder.inngest.internal.execution;

import java.util.Arrays;

/**
 * A raw id with its repeats: {@code x}, {@code x:1}, {@code x:2} and so on, as identities on the
 * main line. Filled by any number of threads at the same time: they write equal values.
 */
final class IdSeries {
  private static final StepIdentity[] NONE = {};

  private final String rawId;
  private StepIdentity[] identities = NONE;

  IdSeries(String rawId) {
    this.rawId = rawId;
  }

  /** How many identities this holds at most. */
  int size() {
    return identities.length;
  }

  StepIdentity identity(int index) {
    StepIdentity[] known = identities;
    StepIdentity identity = index < known.length ? known[index] : null;
    if (identity == null) {
      identity = StepIdentity.of(rawId, index);
      known = roomFor(index, known);
      known[index] = identity;
      identities = known;
    }
    return identity;
  }

  private static StepIdentity[] roomFor(int index, StepIdentity[] known) {
    return index < known.length
        ? known
        : Arrays.copyOf(known, index == 0 ? 1 : Math.max(8, index * 2));
  }
}
