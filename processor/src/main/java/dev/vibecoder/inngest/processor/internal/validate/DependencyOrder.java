package dev.vibecoder.inngest.processor.internal.validate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts steps into an order in which each comes after those it waits for; of those that could come
 * next, the one that is declared first. What waits for itself has no place in it.
 */
public final class DependencyOrder {
  private final Map<String, Set<String>> waitsFor;
  private final List<String> order = new ArrayList<>();

  /**
   * Orders steps.
   *
   * @param waitsFor all steps in the order of their declaration, each with those it waits for
   */
  public DependencyOrder(Map<String, Set<String>> waitsFor) {
    this.waitsFor = new LinkedHashMap<>(waitsFor);
    Set<String> left = new LinkedHashSet<>(waitsFor.keySet());
    Optional<String> next = next(left);
    while (next.isPresent()) {
      order.add(next.get());
      left.remove(next.get());
      next = next(left);
    }
  }

  private Optional<String> next(Set<String> left) {
    return left.stream().filter(step -> Collections.disjoint(of(step), left)).findFirst();
  }

  private Set<String> of(String step) {
    return waitsFor.getOrDefault(step, Set.of());
  }

  /** The steps that can be reached. */
  public List<String> order() {
    return order;
  }

  /**
   * The circles: for each knot of steps the shortest way from its first step back to it, in the
   * direction in which results would go.
   */
  public List<List<String>> cycles() {
    List<List<String>> cycles = new ArrayList<>();
    Set<String> told = new LinkedHashSet<>();
    for (String step : waitsFor.keySet()) {
      if (!order.contains(step) && !told.contains(step)) {
        path(step, step)
            .ifPresent(
                cycle -> {
                  cycles.add(cycle);
                  waitsFor.keySet().stream()
                      .filter(other -> path(step, other).isPresent())
                      .filter(other -> path(other, step).isPresent())
                      .forEach(told::add);
                });
      }
    }
    return cycles;
  }

  /** The ways from a circle to the steps that are never reached because of it. */
  public List<List<String>> unreached(List<String> cycle) {
    List<List<String>> paths = new ArrayList<>();
    String start = cycle.get(0);
    for (String step : waitsFor.keySet()) {
      boolean knotted = path(step, step).isPresent();
      if (!order.contains(step) && !knotted) {
        path(start, step).ifPresent(path -> paths.add(afterKnot(path, start)));
      }
    }
    return paths;
  }

  /** A way without the part that is told already. */
  private List<String> afterKnot(List<String> path, String start) {
    int last = 0;
    for (int i = 0; i < path.size(); i++) {
      if (path(path.get(i), start).isPresent()) {
        last = i;
      }
    }
    return path.subList(last, path.size());
  }

  /** The shortest way of at least one step along which a result of one step gets to another. */
  private Optional<List<String>> path(String from, String to) {
    Map<String, String> nextOf = new HashMap<>();
    Deque<String> queue = new ArrayDeque<>(List.of(to));
    Set<String> seen = new LinkedHashSet<>();
    while (!queue.isEmpty()) {
      String at = queue.removeFirst();
      for (String before : of(at)) {
        if (seen.add(before)) {
          nextOf.put(before, at);
          queue.addLast(before);
        }
      }
    }
    if (!seen.contains(from)) {
      return Optional.empty();
    }
    List<String> path = new ArrayList<>(List.of(from));
    String at = nextOf.get(from);
    while (at != null && !at.equals(to)) {
      path.add(at);
      at = nextOf.get(at);
    }
    path.add(to);
    return Optional.of(path);
  }
}
