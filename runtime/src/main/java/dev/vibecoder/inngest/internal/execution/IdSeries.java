package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.protocol.StepHash;
import java.util.Arrays;

/**
 * A raw id with its repeats: {@code x}, {@code x:1}, {@code x:2} and so on, and their hashes.
 * Filled by any number of threads at the same time: they write equal values.
 */
final class IdSeries {
  private static final String[] NONE = {};

  private final String rawId;
  private String[] ids = NONE;
  private String[] hashes = NONE;

  IdSeries(String rawId) {
    this.rawId = rawId;
  }

  /** How many hashes this holds at most. */
  int size() {
    return hashes.length;
  }

  String id(int index) {
    if (index == 0) {
      return rawId;
    }
    String[] known = ids;
    String id = index < known.length ? known[index] : null;
    if (id == null) {
      id = rawId + ":" + index;
      known = roomFor(index, known);
      known[index] = id;
      ids = known;
    }
    return id;
  }

  String hash(int index) {
    String[] known = hashes;
    String hash = index < known.length ? known[index] : null;
    if (hash == null) {
      hash = StepHash.of(id(index));
      known = roomFor(index, known);
      known[index] = hash;
      hashes = known;
    }
    return hash;
  }

  private static String[] roomFor(int index, String[] known) {
    return index < known.length
        ? known
        : Arrays.copyOf(known, index == 0 ? 1 : Math.max(8, index * 2));
  }
}
