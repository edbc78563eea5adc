package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.RetryAfterException;
import dev.vibecoder.inngest.StepUsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits the branches of groups, one after another on the thread of the run, each until it has to
 * wait. What is remembered does not change during a call, so one visit of each tells all there is.
 */
final class Groups {
  private static final Logger LOG = LoggerFactory.getLogger(Groups.class);
  private static final int WIDEST_RACED_ROUND = 10;

  private final Run run;
  private final Progress progress;
  private final Report report;

  Groups(Run run, Progress progress, Report report) {
    this.run = run;
    this.progress = progress;
    this.report = report;
  }

  /**
   * Runs a group to its end.
   *
   * @param name names the group in errors
   * @param independent whether each branch goes on as soon as it can, from the first step on
   * @param total how many branches are to come, with those of later windows
   * @return how each branch ended
   */
  List<BranchEnd> all(String name, boolean independent, int total, List<GroupBranch> branches) {
    Frame parent = begin(name, total);
    GroupMode outermost = enter(parent, independent);
    List<BranchEnd> ends = visit(parent, branches);
    requireEnded(parent, ends);
    for (BranchEnd end : ends) {
      join(parent, end);
    }
    leave(outermost);
    return ends;
  }

  /** Runs a group until its first branch has ended, and gives what that gave. */
  @Nullable Object first(List<GroupBranch> branches) {
    Frame parent = begin("race", branches.size());
    GroupMode outermost = enter(parent, true);
    Report.Mark before = report.mark();
    List<BranchEnd> ends;
    progress.beginRace();
    try {
      ends = visit(parent, branches);
    } finally {
      progress.endRace();
    }
    BranchEnd winner = null;
    for (BranchEnd end : ends) {
      boolean earlier = winner == null || end.frame().position() < winner.frame().position();
      if (!end.blocked() && earlier) {
        winner = end;
      }
    }
    return goOn(parent, outermost, winner, before).get();
  }

  /**
   * Runs a wait beside something else. Should that fail, the wait is given up.
   *
   * @return what the wait gave
   */
  @Nullable Object meanwhile(Callable<?> wait, Callable<?> other) {
    Frame parent = begin("waitForEvent", 2);
    GroupMode outermost = enter(parent, true);
    Report.Mark before = report.mark();
    List<BranchEnd> ends =
        visit(parent, List.of(new GroupBranch(null, wait), new GroupBranch(null, other)));
    BranchEnd done = ends.get(1);
    if (done.blocked() || done.thrown() == null) {
      requireEnded(parent, ends);
      join(parent, done);
      done = ends.get(0);
    }
    return goOn(parent, outermost, done, before).get();
  }

  /** Runs a graph to its end. */
  void graph(List<GraphNode> nodes) {
    Frame parent = begin("graph", nodes.size());
    if (!parent.isMainLine()) {
      throw new StepUsageException(
          "A graph was run in a branch of a group. Its steps are counted as they begin, which is"
              + " the same in every call on the main line only.");
    }
    GroupMode outermost = enter(parent, GraphNode.isRaced(nodes, WIDEST_RACED_ROUND));
    Namespace place = parent.place();
    Set<String> ids = new HashSet<>();
    List<BranchEnd> ends = new ArrayList<>(nodes.size());
    boolean open = false;
    for (int i = 0; i < nodes.size(); i++) {
      GraphNode node = nodes.get(i);
      if (node.isLost()) {
        node.skip();
      } else if (node.isReady()) {
        Frame frame = parent.branch(place, null, i, node.beginWave(parent.wave()));
        BranchEnd end = visit(frame, node.body());
        String first = frame.firstStep();
        if (first != null && !ids.add(first)) {
          leave(outermost);
          throw twice(first);
        }
        ends.add(end);
        if (!end.blocked()) {
          node.end(end, frame.wave());
        }
      }
      open |= !node.hasEnded();
    }
    if (open) {
      throw block(parent);
    }
    for (BranchEnd end : ends) {
      join(parent, end);
    }
    leave(outermost);
    for (BranchEnd end : ends) {
      end.get();
    }
  }

  /** Nodes are visited when their inputs are there, so repeats could not be counted in order. */
  private static StepUsageException twice(String firstStep) {
    return new StepUsageException(
        "Two nodes of a graph call the step \"" + firstStep + "\". Give each an id of its own.");
  }

  private Frame begin(String name, int branches) {
    Frame parent = run.enter(name);
    run.requireRoom(parent, branches);
    return parent;
  }

  /**
   * Enters a group.
   *
   * @return its mode if it is an outermost one, else null
   */
  private @Nullable GroupMode enter(Frame parent, boolean raced) {
    GroupMode around = progress.group();
    GroupMode mode = around == null ? new GroupMode() : around;
    if (raced) {
      mode.raceFrom(parent.wave());
    }
    if (around != null) {
      return null;
    }
    progress.enter(mode);
    return mode;
  }

  private List<BranchEnd> visit(Frame parent, List<GroupBranch> branches) {
    Namespace place = parent.place();
    int wave = parent.wave();
    List<BranchEnd> ends = new ArrayList<>(branches.size());
    for (GroupBranch branch : branches) {
      ends.add(visit(parent.branch(place, branch.key(), ends.size(), wave), branch.body()));
    }
    return ends;
  }

  private BranchEnd visit(Frame branch, Callable<?> body) {
    Frame parent = progress.frame();
    progress.enter(branch);
    try {
      Object value = body.call();
      if (branch.blocked()) {
        warnOfSwallowed();
      }
      return new BranchEnd(branch, branch.blocked(), value, null);
    } catch (Throwable thrown) {
      if (!branch.blocked() && !run.memory().isRemembered(thrown)) {
        report.branchFailed(thrown);
        if (isToBeTriedAgain(thrown)) {
          report.giveUp(thrown);
          branch.block();
        }
      }
      return new BranchEnd(branch, branch.blocked(), null, thrown);
    } finally {
      progress.enter(parent);
    }
  }

  /**
   * What a branch throws ends it, and its group throws it when the others have ended; so it must
   * come again in every call. Of these it is not to be expected: the call is given up.
   */
  private boolean isToBeTriedAgain(Throwable thrown) {
    return (thrown instanceof Error || thrown instanceof RetryAfterException)
        && !run.attempts().isLast(null);
  }

  private void warnOfSwallowed() {
    LOG.warn(
        "A branch of function \"{}\" caught the Error that leaves it at a step and returned. Do not"
            + " catch Throwable or Error around steps.",
        run.context().functionId());
  }

  private void requireEnded(Frame parent, List<BranchEnd> ends) {
    for (BranchEnd end : ends) {
      if (end.blocked()) {
        throw block(parent);
      }
    }
  }

  /**
   * Goes on after a group of which one branch counts; the others start nothing new.
   *
   * @param decisive the branch, or null if all have to wait
   * @param before what there was to report before the group
   */
  private BranchEnd goOn(
      Frame parent,
      @Nullable GroupMode outermost,
      @Nullable BranchEnd decisive,
      Report.Mark before) {
    if (decisive == null || decisive.blocked() || report.isAnswered()) {
      throw block(parent);
    }
    report.returnTo(before);
    join(parent, decisive);
    leave(outermost);
    return decisive;
  }

  private void join(Frame parent, BranchEnd end) {
    Frame branch = end.frame();
    run.joined(branch, parent);
    parent.joined(branch.wave(), branch.operations());
    parent.reached(branch.position());
  }

  private void leave(@Nullable GroupMode outermost) {
    if (outermost != null) {
      progress.leaveGroup(outermost);
    }
  }

  private static StepInterrupt block(Frame parent) {
    parent.block();
    return StepInterrupt.INSTANCE;
  }
}
