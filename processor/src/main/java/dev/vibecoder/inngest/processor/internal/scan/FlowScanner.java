package dev.vibecoder.inngest.processor.internal.scan;

import dev.vibecoder.inngest.processor.internal.diag.DidYouMean;
import dev.vibecoder.inngest.processor.internal.diag.Location;
import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.diag.Problems;
import dev.vibecoder.inngest.processor.internal.model.Argument;
import dev.vibecoder.inngest.processor.internal.model.Call;
import dev.vibecoder.inngest.processor.internal.model.FlowModel;
import dev.vibecoder.inngest.processor.internal.validate.DependencyOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Puts the steps of a declarative function together. */
final class FlowScanner {
  private final Annotation function;
  private final Members members;
  private final Problems problems;
  private final TypeNames names;
  private final boolean handled;
  private final boolean graph;
  private final StepBinder binder;

  /**
   * Makes a scanner.
   *
   * @param handled whether the function has a handler, which calls the steps itself
   */
  FlowScanner(
      Annotation function,
      Members members,
      Problems problems,
      TypeNames names,
      boolean handled,
      StepBinder binder) {
    this.function = function;
    this.members = members;
    this.problems = problems;
    this.names = names;
    this.handled = handled;
    this.graph = function.constant("flow").filter("GRAPH"::equals).isPresent();
    this.binder = binder;
  }

  /**
   * Reads how steps follow one another, and reports what does not fit together.
   *
   * @param bindable whether it is known what the steps can be handed
   */
  FlowModel scan(List<StepScanner.Step> steps, boolean bindable) {
    if (handled && graph) {
      problems.add(
          ProblemCode.FLOW_HANDLER,
          function.at("flow"),
          "The function has the flow GRAPH, and a handler.",
          "Leave one of them: a handler calls the steps itself, a graph is made of what they take.");
      return FlowModel.NONE;
    }
    results(steps);
    Map<String, Edges> edges = new LinkedHashMap<>();
    steps.forEach(step -> edges.put(step.id(), new Edges()));
    if (graph) {
      steps.forEach(step -> after(step, edges));
    } else {
      misplacedAfter(steps);
    }
    return handled || !bindable ? FlowModel.NONE : flow(steps, edges);
  }

  /** What a step waits for, each with the place that says so, in that order. */
  private static final class Edges {
    private final Map<String, Location> data = new LinkedHashMap<>();
    private final Map<String, Location> order = new LinkedHashMap<>();

    Map<String, Location> all() {
      Map<String, Location> all = new LinkedHashMap<>(data);
      order.forEach(all::putIfAbsent);
      return all;
    }
  }

  private void results(List<StepScanner.Step> steps) {
    List<StepScanner.Step> marked =
        steps.stream().filter(step -> step.annotation().flag("result")).toList();
    if (marked.isEmpty()) {
      return;
    }
    StepScanner.Step first = marked.get(0);
    if (handled) {
      problems.add(
          ProblemCode.RESULT_STEP,
          first.at("result"),
          "Step " + first.method() + " is marked as the function's result, which is the handler's.",
          "Remove result = true: the function returns what its handler returns.");
    } else if (marked.size() > 1) {
      StepScanner.Step second = marked.get(1);
      problems.add(
          ProblemCode.RESULT_STEP,
          second.at("result"),
          "Steps "
              + first.method()
              + " and "
              + second.method()
              + " are both marked as the function's result.",
          "Leave result = true on one of them.");
    } else if (first.result().getKind() == TypeKind.VOID) {
      problems.add(
          ProblemCode.RESULT_STEP,
          first.at("result"),
          "Step " + first.method() + " is marked as the function's result, and has none.",
          "Mark a step that returns something.");
    }
  }

  /** Reports once that the order of the steps is given already. */
  private void misplacedAfter(List<StepScanner.Step> steps) {
    steps.stream()
        .filter(step -> !step.annotation().texts("after").isEmpty())
        .findFirst()
        .ifPresent(
            step ->
                problems.add(
                    ProblemCode.STEP_AFTER,
                    step.at("after"),
                    handled
                        ? "Step "
                            + step.method()
                            + " names steps that come before, but the handler calls them."
                        : "Step "
                            + step.method()
                            + " names steps that come before, but all steps run in the order of"
                            + " their declaration.",
                    handled
                        ? "Remove after."
                        : "Remove after, or set flow = Flow.GRAPH on @InngestFunction."));
  }

  private void after(StepScanner.Step step, Map<String, Edges> edges) {
    for (Annotation.Text named : step.annotation().texts("after")) {
      String id = named.value();
      if (id.equals(step.id())) {
        problems.add(
            ProblemCode.STEP_AFTER,
            step.at(named),
            "Step \"" + id + "\" cannot come after itself: " + id + " -> " + id + ".",
            "Name the steps that come before it.");
      } else if (!edges.containsKey(id)) {
        List<String> ids =
            edges.keySet().stream().filter(other -> !other.equals(step.id())).toList();
        problems.add(
            ProblemCode.STEP_AFTER,
            step.at(named),
            "There is no step \"" + id + "\".",
            DidYouMean.sentence(id, ids)
                + (ids.isEmpty()
                    ? "There is no other step."
                    : "Other steps are " + String.join(", ", ids) + "."));
      } else {
        edges(edges, step.id()).order.putIfAbsent(id, step.at(named));
      }
    }
  }

  private FlowModel flow(List<StepScanner.Step> steps, Map<String, Edges> edges) {
    Map<String, Call> calls = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      StepScanner.Step step = steps.get(i);
      if (step.sound()) {
        StepBinder.Place place = new StepBinder.Place(steps, i, graph);
        Call call =
            FunctionScanner.call(
                step.signature(), names, input -> bind(input, place, edges(edges, step.id())));
        calls.put(step.id(), call);
      }
    }
    List<FlowModel.Node> nodes = new ArrayList<>();
    for (String id : graph ? ordered(calls.keySet(), edges) : List.copyOf(calls.keySet())) {
      Call call = calls.get(id);
      if (call != null) {
        nodes.add(new FlowModel.Node(id, call, List.copyOf(edges(edges, id).all().keySet())));
      }
    }
    return new FlowModel(graph, nodes, result(steps));
  }

  private static Edges edges(Map<String, Edges> edges, String step) {
    return edges.computeIfAbsent(step, any -> new Edges());
  }

  private Optional<Argument> bind(Signature.Input input, StepBinder.Place place, Edges edges) {
    Optional<Argument> argument = binder.bind(input, place);
    if (argument.isPresent() && argument.get() instanceof Argument.StepResult result) {
      edges.data.putIfAbsent(result.step(), Location.of(input.element()));
    }
    return argument;
  }

  private List<String> ordered(Set<String> steps, Map<String, Edges> edges) {
    Map<String, Set<String>> waitsFor = new LinkedHashMap<>();
    steps.forEach(step -> waitsFor.put(step, edges(edges, step).all().keySet()));
    DependencyOrder order = new DependencyOrder(waitsFor);
    for (List<String> cycle : order.cycles()) {
      String first = cycle.get(0);
      String last = cycle.get(cycle.size() - 2);
      Location location = edges(edges, first).all().get(last);
      List<List<String>> unreached = order.unreached(cycle);
      if (location != null) {
        problems.add(
            ProblemCode.STEP_CYCLE,
            location,
            "Steps wait for one another: "
                + String.join(" -> ", cycle)
                + "."
                + (unreached.isEmpty()
                    ? ""
                    : " Never reached: "
                        + unreached.stream()
                            .map(path -> String.join(" -> ", path))
                            .collect(Collectors.joining(", "))
                        + "."),
            "Remove one of the arrows: each is a parameter, or an after, of the step it points to.");
      }
    }
    return order.order();
  }

  private @Nullable String result(List<StepScanner.Step> steps) {
    return members
        .resultStep()
        .flatMap(
            method ->
                steps.stream()
                    .filter(step -> step.signature().method().equals(method))
                    .filter(step -> step.result().getKind() != TypeKind.VOID)
                    .map(StepScanner.Step::id)
                    .findFirst())
        .orElse(null);
  }
}
