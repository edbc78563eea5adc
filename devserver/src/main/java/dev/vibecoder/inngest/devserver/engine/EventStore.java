package dev.vibecoder.inngest.devserver.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The events that are remembered, and which runs each of them started. A run keeps its event, so an
 * event takes room, once, until it and all its runs are forgotten.
 */
final class EventStore {
  private static final int OWN_BYTES = 500;

  private final Map<String, Stored> stored = new LinkedHashMap<>();
  private final Map<String, Started> started = new HashMap<>();
  private long bytes;

  /**
   * An event that was accepted.
   *
   * @param event the event
   * @param receivedAt when it came
   */
  record Stored(AcceptedEvent event, Instant receivedAt) {}

  private record Started(long size, Set<String> runs) {}

  void add(AcceptedEvent event, Instant at) {
    String id = event.internalId();
    if (!stored.containsKey(id) && !started.containsKey(id)) {
      bytes += size(event);
    }
    // Seeded ids come again when a batch is sent again; the runs stay those of the first time.
    stored.putIfAbsent(id, new Stored(event, at));
  }

  void started(AcceptedEvent event, String runId) {
    String id = event.internalId();
    if (!stored.containsKey(id) && !started.containsKey(id)) {
      bytes += size(event);
    }
    started
        .computeIfAbsent(id, key -> new Started(size(event), new LinkedHashSet<>()))
        .runs()
        .add(runId);
  }

  void forgetOldest() {
    String id = stored.keySet().iterator().next();
    Stored forgotten = stored.remove(id);
    if (forgotten != null && !started.containsKey(id)) {
      bytes -= size(forgotten.event());
    }
  }

  void runForgotten(String internalId, String runId) {
    Started of = started.get(internalId);
    if (of != null && of.runs().remove(runId) && of.runs().isEmpty()) {
      started.remove(internalId);
      if (!stored.containsKey(internalId)) {
        bytes -= of.size();
      }
    }
  }

  private static long size(AcceptedEvent event) {
    return OWN_BYTES + event.size();
  }

  /** When the oldest one came; there is one. */
  Instant oldest() {
    return stored.values().iterator().next().receivedAt();
  }

  int size() {
    return stored.size();
  }

  long bytes() {
    return bytes;
  }

  Optional<Stored> find(String internalId) {
    return Optional.ofNullable(stored.get(internalId));
  }

  List<Stored> newestFirst() {
    List<Stored> list = new ArrayList<>(stored.values());
    Collections.reverse(list);
    return list;
  }

  Set<String> runsOf(String internalId) {
    Started of = started.get(internalId);
    return of == null ? Set.of() : of.runs();
  }
}
