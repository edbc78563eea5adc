package dev.vibecoder.inngest.internal.execution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A step of a graph. Used on the thread of its run. */
public final class GraphNode {
  private enum State {
    WAITING,
    ENDED,
    FAILED,
    SKIPPED
  }

  private final Callable<?> body;
  private final List<GraphNode> after;
  private State state = State.WAITING;
  private @Nullable Object result;
  private int endWave;

  public GraphNode(Callable<?> body, List<GraphNode> after) {
    this.body = body;
    this.after = List.copyOf(after);
  }

  /** What the step gave; only if it is done. */
  public @Nullable Object result() {
    if (state != State.ENDED) {
      throw new IllegalStateException(
          "The result of a node was asked for that is not done. Name it among the nodes that must be"
              + " done before.");
    }
    return result;
  }

  Callable<?> body() {
    return body;
  }

  List<GraphNode> after() {
    return after;
  }

  boolean hasEnded() {
    return state != State.WAITING;
  }

  /** Whether the step may begin. */
  boolean isReady() {
    return after.stream().allMatch(node -> node.state == State.ENDED);
  }

  /** Whether the step can never begin. */
  boolean isLost() {
    return after.stream()
        .anyMatch(node -> node.state == State.FAILED || node.state == State.SKIPPED);
  }

  /** In which wave the step begins. */
  int beginWave(int first) {
    int wave = first;
    for (GraphNode node : after) {
      wave = Math.max(wave, node.endWave);
    }
    return wave;
  }

  void end(BranchEnd end, int wave) {
    result = end.value();
    state = end.thrown() == null ? State.ENDED : State.FAILED;
    endWave = wave;
  }

  void skip() {
    state = State.SKIPPED;
  }

  /**
   * Whether all steps shall be raced: if one could begin before all those of the rounds before it
   * are done, and no round is wide.
   */
  static boolean isRaced(List<GraphNode> nodes, int widest) {
    List<List<GraphNode>> rounds = new ArrayList<>();
    List<Integer> levels = new ArrayList<>();
    List<Set<GraphNode>> before = new ArrayList<>();
    for (GraphNode node : nodes) {
      int level = 0;
      Set<GraphNode> ancestors = new HashSet<>();
      for (GraphNode needed : node.after) {
        int at = nodes.indexOf(needed);
        level = Math.max(level, levels.get(at) + 1);
        ancestors.add(needed);
        ancestors.addAll(before.get(at));
      }
      levels.add(level);
      before.add(ancestors);
      while (rounds.size() <= level) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(level).add(node);
    }
    boolean early = false;
    for (int i = 0; i < nodes.size(); i++) {
      int earlier = 0;
      for (int level = 0; level < levels.get(i); level++) {
        earlier += rounds.get(level).size();
      }
      early |= before.get(i).size() < earlier;
    }
    return early && rounds.stream().allMatch(round -> round.size() <= widest);
  }
}
