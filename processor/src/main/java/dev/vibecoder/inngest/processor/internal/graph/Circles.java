package dev.vibecoder.inngest.processor.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Functions that start each other over and over. */
final class Circles {
  private final Map<FunctionNode, List<Hop>> from = new LinkedHashMap<>();
  private final Map<FunctionNode, List<Hop>> to = new HashMap<>();

  private Circles(List<FunctionNode> functions) {
    Map<String, List<FunctionNode>> started = new HashMap<>();
    for (FunctionNode function : functions) {
      List<Hop> hops = new ArrayList<>();
      for (String event : function.facts().sends()) {
        if (!event.endsWith("*")) {
          started
              .computeIfAbsent(
                  event, name -> functions.stream().filter(one -> one.isStartedBy(name)).toList())
              .forEach(next -> hops.add(new Hop(function, event, next)));
        }
      }
      from.put(function, hops);
      hops.forEach(hop -> to.computeIfAbsent(hop.to(), any -> new ArrayList<>()).add(hop));
    }
  }

  /** A function that sends an event which starts another, or itself. */
  record Hop(FunctionNode from, String event, FunctionNode to) {}

  /**
   * The circles that functions of this compilation take part in. Functions that can all start each
   * other are told of once, by the shortest circle of the first that is compiled here.
   *
   * @param functions all functions, in order
   */
  static List<List<Hop>> of(List<FunctionNode> functions) {
    Circles circles = new Circles(functions);
    List<List<Hop>> found = new ArrayList<>();
    Set<FunctionNode> told = new HashSet<>();
    for (FunctionNode function : functions) {
      if (function.own() && !told.contains(function)) {
        Map<FunctionNode, Hop> reached = circles.reached(function);
        if (reached.containsKey(function)) {
          found.add(path(function, reached));
          Set<FunctionNode> together = new HashSet<>(reached.keySet());
          together.retainAll(circles.reaching(function));
          told.addAll(together);
        }
      }
    }
    return found;
  }

  /** The functions that one starts, itself or through others, each with the shortest way's end. */
  private Map<FunctionNode, Hop> reached(FunctionNode start) {
    return walk(start, from, Hop::to);
  }

  /** The functions that start one, themselves or through others. */
  private Set<FunctionNode> reaching(FunctionNode end) {
    return walk(end, to, Hop::from).keySet();
  }

  private static Map<FunctionNode, Hop> walk(
      FunctionNode start, Map<FunctionNode, List<Hop>> ways, Function<Hop, FunctionNode> next) {
    Map<FunctionNode, Hop> reached = new HashMap<>();
    Deque<FunctionNode> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty()) {
      for (Hop hop : ways.getOrDefault(waiting.remove(), List.of())) {
        if (reached.putIfAbsent(next.apply(hop), hop) == null) {
          waiting.add(next.apply(hop));
        }
      }
    }
    return reached;
  }

  /** The way from a function back to itself. */
  private static List<Hop> path(FunctionNode start, Map<FunctionNode, Hop> reached) {
    List<Hop> path = new ArrayList<>();
    Hop hop = reached.get(start);
    while (hop != null) {
      path.add(0, hop);
      hop = hop.from().equals(start) ? null : reached.get(hop.from());
    }
    return path;
  }
}
