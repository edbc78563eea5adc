package dev.vibecoder.inngest.processor.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Functions that start each other over and over. */
final class Circles {
  private final List<FunctionNode> functions;

  private Circles(List<FunctionNode> functions) {
    this.functions = functions;
  }

  /** A function that sends an event which starts another, or itself. */
  record Hop(FunctionNode from, String event, FunctionNode to) {}

  /**
   * The circles that functions of this compilation take part in. A function is in one at most; each
   * circle begins with the first of its functions that are compiled here.
   *
   * @param functions all functions, in order
   */
  static List<List<Hop>> of(List<FunctionNode> functions) {
    Circles circles = new Circles(functions);
    List<List<Hop>> found = new ArrayList<>();
    Set<FunctionNode> told = new HashSet<>();
    for (FunctionNode function : functions) {
      if (function.own() && !told.contains(function)) {
        List<Hop> circle = circles.from(function);
        circle.forEach(hop -> told.add(hop.to()));
        if (!circle.isEmpty()) {
          found.add(circle);
        }
      }
    }
    return found;
  }

  /** The shortest way from a function back to itself, or nothing. */
  private List<Hop> from(FunctionNode start) {
    Map<FunctionNode, Hop> reached = new HashMap<>();
    Deque<FunctionNode> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty()) {
      FunctionNode at = waiting.remove();
      for (Hop hop : hops(at).toList()) {
        if (reached.putIfAbsent(hop.to(), hop) == null) {
          if (hop.to().equals(start)) {
            return path(start, reached);
          }
          waiting.add(hop.to());
        }
      }
    }
    return List.of();
  }

  private static List<Hop> path(FunctionNode start, Map<FunctionNode, Hop> reached) {
    List<Hop> path = new ArrayList<>();
    FunctionNode at = start;
    do {
      Hop hop = reached.get(at);
      if (hop == null) {
        break;
      }
      path.add(0, hop);
      at = hop.from();
    } while (!at.equals(start));
    return path;
  }

  private Stream<Hop> hops(FunctionNode from) {
    return from.facts().sends().stream()
        .filter(event -> !event.endsWith("*"))
        .flatMap(
            event ->
                functions.stream()
                    .filter(to -> to.isStartedBy(event))
                    .map(to -> new Hop(from, event, to)));
  }
}
