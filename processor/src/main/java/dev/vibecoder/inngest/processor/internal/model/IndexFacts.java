package dev.vibecoder.inngest.processor.internal.model;

import java.util.List;

/**
 * What the index tells of a function beside its names.
 *
 * @param handles events and patterns that start it
 * @param sends events that its code sends
 * @param waits events that its code, or its cancellation rules, wait for
 * @param code whether its code was seen, so that the two before are known
 */
public record IndexFacts(
    List<String> handles, List<String> sends, List<String> waits, boolean code) {
  public IndexFacts {
    handles = List.copyOf(handles);
    sends = List.copyOf(sends);
    waits = List.copyOf(waits);
  }
}
