package dev.vibecoder.inngest.processor.internal.graph;

import java.util.Set;
import java.util.TreeSet;

/**
 * A function in the graph of events.
 *
 * @param id its id
 * @param source the annotated class
 * @param handles events and patterns that start it
 * @param sends events that its code sends
 * @param waits events that its code, or its cancellation rules, wait for
 * @param own whether it is compiled here
 * @param bodies whether its code is known
 */
record FunctionNode(
    String id,
    String source,
    Set<String> handles,
    Set<String> sends,
    Set<String> waits,
    boolean own,
    boolean bodies) {
  FunctionNode {
    handles = new TreeSet<>(handles);
    sends = new TreeSet<>(sends);
    waits = new TreeSet<>(waits);
  }

  /** Whether an event starts it. */
  boolean isStartedBy(String event) {
    return handles.stream().anyMatch(name -> matches(name, event));
  }

  static boolean matches(String pattern, String event) {
    return pattern.endsWith("*")
        ? event.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(event);
  }
}
