package dev.vibecoder.inngest.processor.internal.model;

import java.util.Collection;
import java.util.List;

/**
 * What the index tells of a function beside its names; the same order for the same facts.
 *
 * @param handles events and patterns that start it
 * @param sends events that its code sends
 * @param waits events that its code, or its cancellation rules, wait for
 */
public record IndexFacts(
    Collection<String> handles, Collection<String> sends, Collection<String> waits) {
  public IndexFacts {
    handles = sorted(handles);
    sends = sorted(sends);
    waits = sorted(waits);
  }

  private static List<String> sorted(Collection<String> names) {
    return names.stream().distinct().sorted().toList();
  }
}
