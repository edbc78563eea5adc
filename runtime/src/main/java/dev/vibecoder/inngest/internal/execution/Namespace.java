package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.StepUsageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts how often each id is used in one place: on the main line, or in one branch. */
final class Namespace {
  private static final int FIRST_SLOTS = 8;

  private final String prefix;
  private final List<String> formerPrefixes;
  // A table of ids, at most half full: every step of every call asks here, and in a map each would
  // leave several objects.
  private String[] ids = new String[FIRST_SLOTS];
  private IdSeries[] series = new IdSeries[FIRST_SLOTS];
  private int[] counts = new int[FIRST_SLOTS];
  private int used;

  /** Ids that steps had before, with the ids they have now. */
  private @Nullable Map<String, String> renamed;

  Namespace(String prefix, List<String> formerPrefixes) {
    this.prefix = prefix;
    this.formerPrefixes = formerPrefixes;
  }

  static Namespace mainLine() {
    return new Namespace("", List.of());
  }

  /**
   * The next identity of an id.
   *
   * @param localId the id as written, with its key
   * @param formerLocalIds what it was before
   */
  StepIdentity next(String localId, List<String> formerLocalIds) {
    if (renamed != null || !formerLocalIds.isEmpty()) {
      requireOne(localId, formerLocalIds);
    }
    int slot = slot(localId);
    int index = counts[slot]++;
    StepIdentity identity = series[slot].identity(index);
    if (formerPrefixes.isEmpty() && formerLocalIds.isEmpty()) {
      return prefix.isEmpty() ? identity : identity.in(localId, List.of());
    }
    return identity.in(localId, formerIds(localId, formerLocalIds, index));
  }

  /** What is remembered under one id can be given to one step only. */
  private void requireOne(String localId, List<String> formerLocalIds) {
    if (renamed == null) {
      renamed = new HashMap<>();
    }
    String heir = renamed.get(localId);
    if (heir != null) {
      throw twice(localId, heir);
    }
    for (String former : formerLocalIds) {
      if (former.equals(localId)) {
        continue;
      }
      if (ids[find(former)] != null) {
        throw twice(former, localId);
      }
      String other = renamed.put(former, localId);
      if (other != null && !other.equals(localId)) {
        throw twice(former, other, localId);
      }
    }
  }

  private static StepUsageException twice(String id, String heir) {
    return new StepUsageException(
        "Step \""
            + id
            + "\" has the id that the step \""
            + heir
            + "\" had formerly, and what is remembered under it would be given to both. Give the"
            + " new step another id.");
  }

  private static StepUsageException twice(String id, String heir, String other) {
    return new StepUsageException(
        "The steps \""
            + heir
            + "\" and \""
            + other
            + "\" both had the id \""
            + id
            + "\" formerly, and what is remembered under it would be given to both. Leave it to"
            + " one of them.");
  }

  /** Where an id stands, from now on if it is new. */
  private int slot(String localId) {
    int slot = find(localId);
    if (ids[slot] != null) {
      return slot;
    }
    if (2 * used == ids.length) {
      grow();
      slot = find(localId);
    }
    used++;
    ids[slot] = localId;
    series[slot] = IdCache.SHARED.of(prefix.isEmpty() ? localId : prefix + localId);
    return slot;
  }

  private int find(String localId) {
    int mask = ids.length - 1;
    int slot = spread(localId) & mask;
    while (ids[slot] != null && !ids[slot].equals(localId)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int spread(String id) {
    int code = id.hashCode() * 0x9E37_79B9;
    return code ^ (code >>> 16);
  }

  private void grow() {
    String[] oldIds = ids;
    IdSeries[] oldSeries = series;
    int[] oldCounts = counts;
    ids = new String[2 * oldIds.length];
    series = new IdSeries[ids.length];
    counts = new int[ids.length];
    for (int i = 0; i < oldIds.length; i++) {
      if (oldIds[i] != null) {
        int slot = find(oldIds[i]);
        ids[slot] = oldIds[i];
        series[slot] = oldSeries[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  private List<String> formerIds(String localId, List<String> formerLocalIds, int index) {
    String repeat = index == 0 ? "" : ":" + index;
    List<String> former = new ArrayList<>();
    for (String formerLocalId : formerLocalIds) {
      former.add(prefix + formerLocalId + repeat);
    }
    for (String formerPrefix : formerPrefixes) {
      former.add(formerPrefix + localId + repeat);
      for (String formerLocalId : formerLocalIds) {
        former.add(formerPrefix + formerLocalId + repeat);
      }
    }
    return former;
  }
}
