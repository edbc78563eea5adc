package dev.vibecoder.inngest.internal.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts how often each id is used in one place: on the main line, or in one branch. */
final class Namespace {
  private final String prefix;
  private final List<String> formerPrefixes;
  private final Map<String, Counter> used = new HashMap<>();

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
    Counter counter = used.get(localId);
    if (counter == null) {
      counter = new Counter(IdCache.SHARED.of(prefix.isEmpty() ? localId : prefix + localId));
      used.put(localId, counter);
    }
    int index = counter.count++;
    IdSeries series = counter.series;
    return new StepIdentity(
        localId,
        series.id(0),
        index,
        series.id(index),
        series.hash(index),
        formerPrefixes.isEmpty() && formerLocalIds.isEmpty()
            ? List.of()
            : formerIds(localId, formerLocalIds, index));
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

  private static final class Counter {
    private final IdSeries series;
    private int count;

    Counter(IdSeries series) {
      this.series = series;
    }
  }
}
