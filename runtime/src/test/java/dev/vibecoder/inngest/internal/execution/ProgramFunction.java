package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.EventType;
import dev.vibecoder.inngest.FunctionRef;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.Outcome;
import dev.vibecoder.inngest.StepFailedException;
import dev.vibecoder.inngest.StepGroups;
import dev.vibecoder.inngest.Steps;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.Undo;
import dev.vibecoder.inngest.Wait;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.function.StepGraph;
import dev.vibecoder.inngest.internal.execution.RandomProgram.Line;
import dev.vibecoder.inngest.protocol.StepHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A random program as a function of the public API. Every step gives the place it stands in. */
final class ProgramFunction {
  /** What the program throws outside steps. */
  static final class Raised extends Exception {
    private static final long serialVersionUID = 1L;

    Raised(String place) {
      super(place);
    }
  }

  private static final FunctionRef<JsonNode, JsonNode> CHILD =
      FunctionRef.of("child", TypeRef.of(JsonNode.class));

  private final List<Line> program;
  private int races;

  /** How often each step's body began, and how often it came to its end. */
  final Map<String, Integer> begun = new HashMap<>();

  final Map<String, Integer> succeeded = new HashMap<>();

  ProgramFunction(List<Line> program) {
    this.program = program;
  }

  Object handle(Steps step) {
    try {
      return lines(program, "", step, null);
    } catch (StepFailedException | Raised e) {
      return List.of("failed", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Object> lines(List<Line> lines, String place, Steps step, @Nullable Undo undo)
      throws Exception {
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      results.add(line(lines.get(i), place + "." + i, step, undo));
    }
    return results;
  }

  private Object line(Line line, String place, Steps step, @Nullable Undo undo) throws Exception {
    if (line instanceof RandomProgram.Run run) {
      Callable<String> body = () -> body(place, run.failures());
      String result =
          run.own()
              ? StepDefinition.of(run.id(), StepHash.of(run.id()), TypeRef.of(String.class))
                  .retries(3)
                  .call(body)
              : step.run(run.id(), String.class, body);
      if (undo != null) {
        undo.step(() -> body("undo" + place, 0));
      }
      return result;
    }
    if (line instanceof RandomProgram.Fail fail) {
      step.run(
          fail.id(),
          () -> {
            begun.merge(place, 1, Integer::sum);
            throw fail.retriable()
                ? new IllegalStateException("failed" + place)
                : new NonRetriableException("failed" + place);
          });
      return "never";
    }
    if (line instanceof RandomProgram.Raise) {
      throw new Raised("raised" + place);
    }
    if (line instanceof RandomProgram.Hiccup) {
      if (begun.merge(place, 1, Integer::sum) == 1) {
        throw new IllegalStateException("hiccup" + place);
      }
      return "over";
    }
    if (line instanceof RandomProgram.Sleep sleep) {
      step.sleep(sleep.id(), Duration.ofSeconds(sleep.seconds()));
      return "slept";
    }
    if (line instanceof RandomProgram.WaitFor wait) {
      return received(
          step.waitForEvent(wait.id(), type(), Wait.atMost(Duration.ofHours(1))).orElse(null));
    }
    if (line instanceof RandomProgram.Invoke invoke) {
      return String.valueOf(step.invoke(invoke.id(), CHILD, null));
    }
    return group(line, place, step, undo);
  }

  private List<Object> inRace(List<Line> branch, String place, Steps step, @Nullable Undo undo)
      throws Exception {
    races++;
    try {
      return lines(branch, place, step, undo);
    } finally {
      races--;
    }
  }

  private static EventType<JsonEvent> type() {
    return EventType.json("test/answer");
  }

  private static Object received(@Nullable JsonEvent event) {
    return event == null ? "nothing" : event.data().path("at").asText();
  }

  private Object group(Line line, String place, Steps step, @Nullable Undo undo) throws Exception {
    if (line instanceof RandomProgram.Parallel parallel) {
      StepGroups groups = parallel.independent() ? step.independent() : step;
      List<StepGroups.Branch<List<Object>, Exception>> all = new ArrayList<>();
      for (int i = 0; i < parallel.branches().size(); i++) {
        List<Line> branch = parallel.branches().get(i);
        String inner = place + "/" + i;
        all.add(() -> lines(branch, inner, step, undo));
      }
      return switch (all.size()) {
        case 2 -> {
          var results = groups.parallel(all.get(0), all.get(1));
          yield List.of(results.first(), results.second());
        }
        case 3 -> {
          var results = groups.parallel(all.get(0), all.get(1), all.get(2));
          yield List.of(results.first(), results.second(), results.third());
        }
        default -> {
          var results = groups.parallel(all.get(0), all.get(1), all.get(2), all.get(3));
          yield List.of(results.first(), results.second(), results.third(), results.fourth());
        }
      };
    }
    if (line instanceof RandomProgram.Race race) {
      // Of races in races it would have to be known here which branches will have come how far.
      Undo passed = races == 0 ? undo : null;
      List<StepGroups.Branch<List<Object>, Exception>> all = new ArrayList<>();
      for (int i = 0; i < race.branches().size(); i++) {
        List<Line> branch = race.branches().get(i);
        String inner = place + "/" + i;
        all.add(() -> inRace(branch, inner, step, passed));
      }
      return all.size() == 2
          ? step.race(all.get(0), all.get(1))
          : step.race(all.get(0), all.get(1), all.get(2));
    }
    if (line instanceof RandomProgram.Each each) {
      StepGroups.ItemBranch<String, List<Object>, Exception> body =
          key -> lines(each.body(), place + "/" + key, step, undo);
      if (!each.settled()) {
        return step.forEach(each.keys(), key -> key, each.atMost(), body);
      }
      List<Object> outcomes = new ArrayList<>();
      for (Outcome<List<Object>> outcome :
          step.forEachSettled(each.keys(), key -> key, each.atMost(), body)) {
        outcomes.add(
            outcome instanceof Outcome.Failure<List<Object>> failure
                ? "failed: " + failure.error().getMessage()
                : ((Outcome.Success<List<Object>>) outcome).value());
      }
      return outcomes;
    }
    return block(line, place, step, undo);
  }

  private Object block(Line line, String place, Steps step, @Nullable Undo undo) throws Exception {
    if (line instanceof RandomProgram.Loop loop) {
      List<Object> results = new ArrayList<>();
      for (int i = 0; i < loop.times(); i++) {
        results.add(lines(loop.body(), place + "#" + i, step, undo));
      }
      return results;
    }
    if (line instanceof RandomProgram.Try caught) {
      try {
        return lines(caught.body(), place, step, undo);
      } catch (StepFailedException | Raised e) {
        return "caught " + e.getMessage();
      }
    }
    if (line instanceof RandomProgram.Saga saga) {
      return step.saga(inner -> lines(saga.body(), place, step, inner));
    }
    if (line instanceof RandomProgram.Meanwhile meanwhile) {
      return received(
          step.waitForEvent(
                  meanwhile.id(),
                  type(),
                  Wait.atMost(Duration.ofHours(1)),
                  () -> lines(meanwhile.body(), place, step, undo))
              .orElse(null));
    }
    RandomProgram.Graph graph = (RandomProgram.Graph) line;
    StepGraph steps = StepGraph.of(step);
    List<StepGraph.Node<String>> nodes = new ArrayList<>();
    for (int i = 0; i < graph.ids().size(); i++) {
      String id = graph.ids().get(i);
      String inner = place + "/" + i;
      nodes.add(
          steps.node(
              () -> step.run(id, String.class, () -> body(inner, 0)),
              graph.after().get(i).stream().map(nodes::get).toArray(StepGraph.Node<?>[]::new)));
    }
    steps.run();
    List<Object> results = new ArrayList<>();
    nodes.forEach(node -> results.add(node.result()));
    return results;
  }

  private String body(String place, int failures) {
    if (begun.merge(place, 1, Integer::sum) <= failures) {
      throw new IllegalStateException("not yet" + place);
    }
    succeeded.merge(place, 1, Integer::sum);
    return "at" + place;
  }
}
