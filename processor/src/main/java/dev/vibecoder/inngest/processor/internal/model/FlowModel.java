package dev.vibecoder.inngest.processor.internal.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the steps of a declarative function follow one another.
 *
 * @param graph whether each step begins as soon as those it waits for are done, not one by one
 * @param nodes the steps, in an order in which each comes after those it waits for
 * @param result id of the step whose result is the function's, null for none
 */
public record FlowModel(boolean graph, List<Node> nodes, @Nullable String result) {
  /** That of a function with a handler. */
  public static final FlowModel NONE = new FlowModel(false, List.of(), null);

  /**
   * A step in its place.
   *
   * @param step its id
   * @param call the call of its method
   * @param after ids of the steps that it waits for, in a graph
   */
  public record Node(String step, Call call, List<String> after) {}
}
