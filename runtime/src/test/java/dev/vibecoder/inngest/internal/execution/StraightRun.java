package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.execution.RandomProgram.Line;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a random program straight through, line by line, without any of the machinery under test. Of
 * a finished run it takes nothing but what the world decided: how waits and invocations ended, and
 * in which order steps were done, which decides races. It counts ids itself, by the rules.
 */
final class StraightRun {
  /** What a line throws. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /** A branch that lost a race has a step that was never done. */
  private static final class NotDone extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Where ids are counted. */
  private record Place(String prefix, Map<String, Integer> used) {
    String count(String id) {
      int index = used.merge(id, 1, Integer::sum) - 1;
      return prefix + id + (index == 0 ? "" : ":" + index);
    }
  }

  /** A branch. */
  private static final class Branch {
    final @Nullable Branch parent;
    final Place enclosing;
    final @Nullable String key;
    @Nullable Place own;
    int position = -1;
    @Nullable String last;

    Branch(@Nullable Branch parent, Place enclosing, @Nullable String key) {
      this.parent = parent;
      this.enclosing = enclosing;
      this.key = key;
    }

    Place place() {
      return own == null ? enclosing : own;
    }
  }

  /**
   * What undoes a step.
   *
   * @param id its id, counted where it was registered
   * @param place the place of its body
   * @param perhaps whether it was registered by a branch that lost, perhaps too late
   */
  private record Registered(String id, String place, boolean perhaps) {}

  private final Map<String, String> memos;
  private final Map<String, Integer> order = new HashMap<>();

  /** The places of the steps that must have been run, and of those that may have been. */
  final Set<String> run = new HashSet<>();

  final Set<String> perhapsRun = new HashSet<>();
  private int losing;

  StraightRun(Map<String, String> memos) {
    this.memos = memos;
    memos.keySet().forEach(hash -> order.put(hash, order.size()));
  }

  Object result(List<Line> program) {
    Branch main = new Branch(null, new Place("", new HashMap<>()), null);
    main.own = main.enclosing;
    try {
      return lines(program, "", main, null);
    } catch (Failed e) {
      return List.of("failed", String.valueOf(e.getMessage()));
    } catch (NotDone e) {
      throw new AssertionError("A step of the main line was never done", e);
    }
  }

  /** The memo of the next step of an id. */
  private JsonNode step(String id, Branch branch) throws NotDone {
    String local = id;
    if (branch.own == null) {
      for (Branch at = branch; at != null && at.own == null; at = at.parent) {
        local =
            at.key == null || local.endsWith("[" + at.key + "]")
                ? local
                : local + "[" + at.key + "]";
      }
    }
    String full = branch.place().count(local);
    String suffix = ">";
    for (Branch at = branch; at != null && at.own == null; at = at.parent) {
      at.own = new Place(full + suffix, new HashMap<>());
      suffix += ">";
    }
    branch.last = id;
    return done(full, branch);
  }

  private JsonNode done(String id, Branch branch) throws NotDone {
    String hash = StepHash.of(id);
    String memo = memos.get(hash);
    if (memo == null) {
      throw new NotDone();
    }
    branch.position = Math.max(branch.position, order.getOrDefault(hash, 0));
    return Trees.parse(memo);
  }

  private List<Object> lines(
      List<Line> lines, String place, Branch branch, @Nullable List<Registered> undo)
      throws Failed, NotDone {
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      results.add(line(lines.get(i), place + "." + i, branch, undo));
    }
    return results;
  }

  private void ran(String place) {
    (losing > 0 ? perhapsRun : run).add(place);
  }

  private Object line(Line line, String place, Branch branch, @Nullable List<Registered> undo)
      throws Failed, NotDone {
    if (line instanceof RandomProgram.Run run) {
      if (losing > 0) {
        perhapsRun.add(place);
      }
      step(run.id(), branch);
      ran(place);
      if (undo != null) {
        String id = branch.place().count("undo-" + branch.last);
        undo.add(0, new Registered(id, "undo" + place, false));
      }
      return "at" + place;
    }
    if (line instanceof RandomProgram.Fail fail) {
      step(fail.id(), branch);
      throw new Failed("failed" + place);
    }
    if (line instanceof RandomProgram.Raise) {
      throw new Failed("raised" + place);
    }
    if (line instanceof RandomProgram.Hiccup) {
      return "over";
    }
    if (line instanceof RandomProgram.Sleep sleep) {
      step(sleep.id(), branch);
      return "slept";
    }
    if (line instanceof RandomProgram.WaitFor wait) {
      return received(step(wait.id(), branch));
    }
    if (line instanceof RandomProgram.Invoke invoke) {
      JsonNode memo = step(invoke.id(), branch);
      if (memo.has("error")) {
        throw new Failed(memo.path("error").path("message").asText());
      }
      return String.valueOf(memo.path("data"));
    }
    return group(line, place, branch, undo);
  }

  private static Object received(JsonNode memo) {
    return memo.isNull() ? "nothing" : memo.path("data").path("at").asText();
  }

  /** How a branch ended. */
  private record End(
      Branch branch, @Nullable Object value, @Nullable Failed failed, boolean done) {}

  /** A piece of the program. */
  private interface Code {
    Object run(Branch branch) throws Failed, NotDone;
  }

  private static End end(Branch branch, Code code) {
    try {
      return new End(branch, code.run(branch), null, true);
    } catch (Failed e) {
      return new End(branch, null, e, true);
    } catch (NotDone e) {
      return new End(branch, null, null, false);
    }
  }

  /** All branches are started before any failure counts. */
  private static List<End> all(Branch parent, List<End> ends) throws NotDone {
    for (End end : ends) {
      if (!end.done()) {
        throw new NotDone();
      }
      parent.position = Math.max(parent.position, end.branch().position);
    }
    parent.last = null;
    return ends;
  }

  private static List<Object> results(List<End> ends) throws Failed {
    List<Object> results = new ArrayList<>();
    for (End end : ends) {
      if (end.failed() != null) {
        throw end.failed();
      }
      results.add(end.value());
    }
    return results;
  }

  private Object group(Line line, String place, Branch branch, @Nullable List<Registered> undo)
      throws Failed, NotDone {
    if (line instanceof RandomProgram.Parallel parallel) {
      Place around = branch.place();
      List<End> ends = new ArrayList<>();
      for (int i = 0; i < parallel.branches().size(); i++) {
        List<Line> lines = parallel.branches().get(i);
        String inner = place + "/" + i;
        ends.add(end(new Branch(branch, around, null), at -> lines(lines, inner, at, undo)));
      }
      return results(all(branch, ends));
    }
    if (line instanceof RandomProgram.Race race) {
      return race(race, place, branch, undo);
    }
    if (line instanceof RandomProgram.Each each) {
      List<Object> results = new ArrayList<>();
      for (int from = 0; from < each.keys().size(); from += each.atMost()) {
        Place around = branch.place();
        List<End> ends = new ArrayList<>();
        for (String key :
            each.keys().subList(from, Math.min(each.keys().size(), from + each.atMost()))) {
          ends.add(
              end(
                  new Branch(branch, around, key),
                  at -> lines(each.body(), place + "/" + key, at, undo)));
        }
        all(branch, ends);
        if (each.settled()) {
          for (End end : ends) {
            results.add(
                end.failed() == null ? end.value() : "failed: " + end.failed().getMessage());
          }
        } else {
          results.addAll(results(ends));
        }
      }
      return results;
    }
    return block(line, place, branch, undo);
  }

  private Object race(
      RandomProgram.Race race, String place, Branch branch, @Nullable List<Registered> undo)
      throws Failed, NotDone {
    Place around = branch.place();
    boolean registers = losing == 0 && undo != null;
    List<List<Registered>> registered = new ArrayList<>();
    // Which branch wins is known only afterwards.
    losing++;
    List<End> ends = new ArrayList<>();
    for (int i = 0; i < race.branches().size(); i++) {
      List<Line> lines = race.branches().get(i);
      String inner = place + "/" + i;
      List<Registered> own = registers ? new ArrayList<>() : null;
      registered.add(own == null ? List.of() : own);
      ends.add(end(new Branch(branch, around, null), at -> lines(lines, inner, at, own)));
    }
    losing--;
    End winner = null;
    for (End end : ends) {
      if (end.done() && (winner == null || end.branch().position < winner.branch().position)) {
        winner = end;
      }
    }
    if (winner == null) {
      throw new NotDone();
    }
    for (int i = 0; undo != null && i < ends.size(); i++) {
      boolean lost = !ends.get(i).equals(winner);
      List<Registered> all = new ArrayList<>();
      for (Registered each : registered.get(i)) {
        all.add(new Registered(each.id(), each.place(), lost || each.perhaps()));
      }
      undo.addAll(0, all);
    }
    branch.position = Math.max(branch.position, winner.branch().position);
    branch.last = null;
    if (winner.failed() != null) {
      throw winner.failed();
    }
    return Objects.requireNonNull(winner.value());
  }

  private Object block(Line line, String place, Branch branch, @Nullable List<Registered> undo)
      throws Failed, NotDone {
    if (line instanceof RandomProgram.Loop loop) {
      List<Object> results = new ArrayList<>();
      for (int i = 0; i < loop.times(); i++) {
        results.add(lines(loop.body(), place + "#" + i, branch, undo));
      }
      return results;
    }
    if (line instanceof RandomProgram.Try caught) {
      try {
        return lines(caught.body(), place, branch, undo);
      } catch (Failed e) {
        return "caught " + e.getMessage();
      }
    }
    if (line instanceof RandomProgram.Saga saga) {
      return saga(saga, place, branch);
    }
    if (line instanceof RandomProgram.Meanwhile meanwhile) {
      Place around = branch.place();
      Branch first = new Branch(branch, around, null);
      End wait = end(first, at -> received(step(meanwhile.id(), at)));
      End other =
          end(new Branch(branch, around, null), at -> lines(meanwhile.body(), place, at, undo));
      if (other.failed() != null) {
        branch.position = Math.max(branch.position, other.branch().position);
        branch.last = null;
        throw other.failed();
      }
      return Objects.requireNonNull(all(branch, List.of(wait, other)).get(0).value());
    }
    RandomProgram.Graph graph = (RandomProgram.Graph) line;
    Place around = branch.place();
    List<End> ends = new ArrayList<>();
    for (int i = 0; i < graph.ids().size(); i++) {
      String id = graph.ids().get(i);
      String inner = place + "/" + i;
      ends.add(
          end(
              new Branch(branch, around, null),
              at -> {
                step(id, at);
                ran(inner);
                return "at" + inner;
              }));
    }
    return results(all(branch, ends));
  }

  private Object saga(RandomProgram.Saga saga, String place, Branch branch) throws Failed, NotDone {
    String decision = branch.place().count(":saga");
    List<Registered> undo = new ArrayList<>();
    try {
      return lines(saga.body(), place, branch, undo);
    } catch (Failed e) {
      Integer decided = order.get(StepHash.of(decision));
      if (decided != null) {
        branch.position = Math.max(branch.position, decided);
      }
      for (Registered each : undo) {
        if (each.perhaps() && !memos.containsKey(StepHash.of(each.id()))) {
          perhapsRun.add(each.place());
        } else {
          done(each.id(), branch);
          ran(each.place());
        }
      }
      throw e;
    }
  }
}
