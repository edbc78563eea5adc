package dev.vibecoder.inngest.processor.internal.graph;

import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the code of one class names, as far as names alone tell. */
public final class ClassBody {
  private final List<Mention> sends = new ArrayList<>();
  private final List<Mention> waits = new ArrayList<>();
  private final Map<String, List<Call>> methods = new LinkedHashMap<>();

  ClassBody() {}

  /**
   * A place where an event is named.
   *
   * @param event the event's name in quotes, or the simple name of its class
   */
  record Mention(String event, TreePath path) {}

  /**
   * A call, by name: of a method of the class, or of one of the durable operations.
   *
   * @param operation the operation of {@code Steps}, empty for a method of the class
   * @param name the method, or the literal id that the operation is given
   */
  public record Call(String operation, String name) {}

  List<Mention> sends() {
    return sends;
  }

  List<Mention> waits() {
    return waits;
  }

  void method(String name) {
    methods.computeIfAbsent(name, any -> new ArrayList<>());
  }

  void call(String method, Call call) {
    methods.computeIfAbsent(method, any -> new ArrayList<>()).add(call);
  }

  /**
   * The steps and operations that a method calls, itself or through others of the class, in the
   * order of the code; each once.
   *
   * @param steps names of the methods that are steps
   */
  public List<Call> callsFrom(String method, Set<String> steps) {
    Set<Call> found = new LinkedHashSet<>();
    follow(method, steps, found, new LinkedHashSet<>());
    return List.copyOf(found);
  }

  private void follow(String method, Set<String> steps, Set<Call> found, Set<String> seen) {
    if (!seen.add(method)) {
      return;
    }
    for (Call call : methods.getOrDefault(method, List.of())) {
      if (!call.operation().isEmpty() || steps.contains(call.name())) {
        found.add(call);
      } else {
        follow(call.name(), steps, found, seen);
      }
    }
  }
}
