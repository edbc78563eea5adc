package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.internal.execution.GraphNode;
import dev.vibecoder.inngest.internal.execution.RunScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Steps of which each begins as soon as those it depends on are done, side by side with the others.
 * Generated functions with the flow {@code GRAPH} are made of it.
 *
 * <p>Made anew in every call of the function, used on its thread.
 */
public final class StepGraph {
  private final List<Node<?>> nodes = new ArrayList<>();

  private StepGraph() {}

  /**
   * Begins a graph.
   *
   * @param steps the run's durable operations
   * @return an empty graph
   */
  public static StepGraph of(Steps steps) {
    Objects.requireNonNull(steps, "steps");
    return new StepGraph();
  }

  /**
   * Adds a step. Nodes are given in the order of their declaration, and depend on earlier ones.
   *
   * @param body calls one step, under an id that no other node of the graph has
   * @param after the nodes that must be done before
   * @param <T> result of the step
   * @return the node
   * @throws IllegalArgumentException if a node is of another graph
   */
  public <T extends @Nullable Object> Node<T> node(Callable<? extends T> body, Node<?>... after) {
    List<GraphNode> needed = new ArrayList<>(after.length);
    for (Node<?> node : after) {
      if (node.graph != this) {
        throw new IllegalArgumentException("A node can only depend on nodes of the same graph.");
      }
      needed.add(node.node);
    }
    Node<T> node = new Node<>(this, new GraphNode(Objects.requireNonNull(body, "body"), needed));
    nodes.add(node);
    return node;
  }

  /**
   * Runs the steps until each has ended. Steps after one that failed do not begin.
   *
   * @throws Exception the first failure by position
   */
  public void run() throws Exception {
    List<GraphNode> all = new ArrayList<>(nodes.size());
    for (Node<?> node : nodes) {
      all.add(node.node);
    }
    RunScope.currentRun("graph").graph(all);
  }

  /**
   * One step of the graph.
   *
   * @param <T> result of the step
   */
  public static final class Node<T extends @Nullable Object> {
    private final StepGraph graph;
    private final GraphNode node;

    private Node(StepGraph graph, GraphNode node) {
      this.graph = graph;
      this.node = node;
    }

    /**
     * What the step gave.
     *
     * @return the result
     * @throws IllegalStateException if the step is not done: name its node among those that must be
     *     done before
     */
    // The body gives a T.
    @SuppressWarnings({"unchecked", "NullAway"})
    public T result() {
      return (T) node.result();
    }
  }
}
