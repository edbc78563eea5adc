package dev.vibecoder.inngest.processor.internal.graph;

import dev.vibecoder.inngest.processor.internal.body.EventFacts;
import dev.vibecoder.inngest.processor.internal.model.IndexFacts;

/**
 * A function in the graph of events.
 *
 * @param id its id
 * @param source the annotated class
 * @param facts the events that it has to do with
 * @param own whether it is compiled here
 */
record FunctionNode(String id, String source, IndexFacts facts, boolean own) {
  /** Whether an event starts it. */
  boolean isStartedBy(String event) {
    return facts.handles().stream().anyMatch(name -> matches(name, event));
  }

  /** Whether an event starts it, or is what it waits for or is cancelled by. */
  boolean handles(String event) {
    return isStartedBy(event) || facts.waits().stream().anyMatch(name -> matches(name, event));
  }

  /** Whether it sends an event, or may do so. */
  boolean maySend(String event) {
    return facts.sends().contains(event) || facts.sends().contains(EventFacts.ANY);
  }

  private static boolean matches(String pattern, String event) {
    return pattern.endsWith("*")
        ? event.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(event);
  }
}
