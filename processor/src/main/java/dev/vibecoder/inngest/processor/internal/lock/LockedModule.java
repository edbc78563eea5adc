package dev.vibecoder.inngest.processor.internal.lock;

import dev.vibecoder.inngest.processor.internal.shape.Definition;
import dev.vibecoder.inngest.processor.internal.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What runs of a module rely on.
 *
 * @param functions its functions by id
 * @param types what their results name
 */
record LockedModule(SortedMap<String, Function> functions, SortedMap<String, Definition> types) {
  static final LockedModule EMPTY = new LockedModule(new TreeMap<>(), new TreeMap<>());

  /**
   * A function.
   *
   * @param type the annotated class
   * @param ordered whether runs go through the steps in their order
   * @param line where it stands in the file, 0 if it stands in none
   */
  record Function(
      String id, String type, boolean ordered, Shape result, List<Step> steps, int line) {
    Function {
      steps = List.copyOf(steps);
    }

    Optional<Step> step(String wanted) {
      return steps.stream().filter(step -> step.id().equals(wanted)).findFirst();
    }
  }

  /**
   * A step.
   *
   * @param kind what it is: {@code step} for a method, else the operation of {@code Steps}
   * @param keyed whether a key is part of its id
   */
  record Step(String kind, String id, boolean keyed, Shape result, int line) {
    static final String METHOD = "step";

    /** Its id as it is shown to people. */
    String shown() {
      return keyed ? id + "[key]" : id;
    }
  }
}
