package dev.vibecoder.inngest.internal.execution;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers the hashes of ids from call to call: a run that has a thousand steps would have them
 * computed a thousand times each. What was not used for a while makes room for others, because keys
 * of steps are as many as there are things in the world. Safe for use by many threads.
 */
final class IdCache {
  private static final int MAX_ID_LENGTH = 256;
  private static final int MAX_HASHES = 20_000;

  static final IdCache SHARED = new IdCache();

  private volatile ConcurrentMap<String, IdSeries> recent = new ConcurrentHashMap<>();
  private volatile ConcurrentMap<String, IdSeries> older = new ConcurrentHashMap<>();
  // Counted when a series comes in, so it is a little behind series that grow.
  private volatile int hashes;

  /** The series of a raw id. */
  IdSeries of(String rawId) {
    IdSeries series = recent.get(rawId);
    return series != null ? series : admit(rawId);
  }

  private IdSeries admit(String rawId) {
    IdSeries series = older.get(rawId);
    if (series == null) {
      series = new IdSeries(rawId);
    }
    if (rawId.length() <= MAX_ID_LENGTH) {
      makeRoom(series);
      recent.put(rawId, series);
    }
    return series;
  }

  private synchronized void makeRoom(IdSeries series) {
    hashes += Math.max(1, series.size());
    if (hashes > MAX_HASHES || recent.size() > MAX_HASHES) {
      older = recent;
      recent = new ConcurrentHashMap<>();
      hashes = series.size();
    }
  }

  /** How many ids are held at most; for tests. */
  int size() {
    return recent.size() + older.size();
  }
}
