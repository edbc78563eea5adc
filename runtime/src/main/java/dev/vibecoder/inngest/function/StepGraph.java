package dev.vibecoder.inngest.function;

import dev.vibecoder.inngest.Steps;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Steps of which each begins as soon as those it depends on are done, side by side with the others.
 * Generated functions with the flow {@code GRAPH} are made of it.
 *
 * <p>Made anew in every call of the function, used on its thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class StepGraph {
  private StepGraph() {}

  /**
   * Begins a graph.
   *
   * @param steps the run's durable operations
   * @return an empty graph
   */
  public static StepGraph of(Steps steps) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds a step.
   *
   * @param body calls one step
   * @param after the nodes that must be done before
   * @param <T> result of the step
   * @return the node
   * @throws IllegalArgumentException if a node is of another graph
   */
  public <T extends @Nullable Object> Node<T> node(Callable<? extends T> body, Node<?>... after) {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs the steps until each has ended. Steps after one that failed do not begin.
   *
   * @throws Exception the first failure by position
   */
  public void run() throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * One step of the graph.
   *
   * @param <T> result of the step
   */
  public static final class Node<T extends @Nullable Object> {
    private Node() {}

    /**
     * What the step gave.
     *
     * @return the result
     * @throws IllegalStateException if the step is not done: name its node among those that must be
     *     done before
     */
    public T result() {
      throw new UnsupportedOperationException();
    }
  }
}
