package dev.vibecoder.inngest.internal.execution;

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
    Entered group = enter(parent, independent);
    List<BranchEnd> ends = visit(parent, branches);
    requireEnded(parent, group, ends);
    for (BranchEnd end : ends) {
      join(parent, end);
    }
    report.dealtWith(group.before());
    leave(group);
    return ends;
  }

  /** Runs a group until its first branch has ended, and gives what that gave. */
  @Nullable Object first(List<GroupBranch> branches) {
    Frame parent = begin("race", branches.size());
    Entered group = enter(parent, true);
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
    return goOn(parent, group, winner).get();
  }

  /**
   * Runs a wait beside something else. Should that fail, the wait is given up.
   *
   * @return what the wait gave
   */
  @Nullable Object meanwhile(Callable<?> wait, Callable<?> other) {
    Frame parent = begin("waitForEvent", 2);
    Entered group = enter(parent, true);
    List<BranchEnd> ends =
        visit(parent, List.of(new GroupBranch(null, wait), new GroupBranch(null, other)));
    BranchEnd done = ends.get(1);
    if (done.blocked() || done.thrown() == null) {
      requireEnded(parent, group, ends);
      join(parent, done);
      done = ends.get(0);
    }
    return goOn(parent, group, done).get();
  }

  /** Runs a graph to its end. */
  void graph(List<GraphNode> nodes) {
    Frame parent = begin("graph", nodes.size());
    if (!parent.isMainLine()) {
      throw new StepUsageException(
          "A graph was run in a branch of a group. Its steps are counted as they begin, which is"
              + " the same in every call on the main line only.");
    }
    Entered group = enter(parent, GraphNode.isRaced(nodes, WIDEST_RACED_ROUND));
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
          leave(group);
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
      throw block(parent, group);
    }
    for (BranchEnd end : ends) {
      join(parent, end);
    }
    report.dealtWith(group.before());
    leave(group);
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
   * A group that was entered.
   *
   * @param mode the mode of the outermost group around
   * @param outermost whether that is this one
   * @param racedFrom what it was before
   * @param before what there was to report before
   */
  private record Entered(GroupMode mode, boolean outermost, int racedFrom, Report.Mark before) {}

  private Entered enter(Frame parent, boolean raced) {
    GroupMode around = progress.group();
    GroupMode mode = around == null ? new GroupMode() : around;
    Entered entered = new Entered(mode, around == null, mode.mark(), report.mark());
    if (raced) {
      mode.raceFrom(parent.wave());
    }
    if (around == null) {
      progress.enter(mode);
    }
    return entered;
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
    return (thrown instanceof Error || ThrownError.retryAfter(thrown) != null)
        && !run.attempts().isLast(null);
  }

  private void warnOfSwallowed() {
    LOG.warn(
        "A branch of function \"{}\" caught the Error that leaves it at a step and returned. Do not"
            + " catch Throwable or Error around steps.",
        run.context().functionId());
  }

  private void requireEnded(Frame parent, Entered group, List<BranchEnd> ends) {
    for (BranchEnd end : ends) {
      if (end.blocked()) {
        throw block(parent, group);
      }
    }
  }

  /**
   * Goes on after a group of which one branch counts; the others start nothing new.
   *
   * @param decisive the branch, or null if all have to wait
   */
  private BranchEnd goOn(Frame parent, Entered group, @Nullable BranchEnd decisive) {
    if (decisive == null || decisive.blocked() || report.isAnswered()) {
      throw block(parent, group);
    }
    report.returnTo(group.before());
    join(parent, decisive);
    leave(group);
    return decisive;
  }

  private void join(Frame parent, BranchEnd end) {
    Frame branch = end.frame();
    run.joined(branch, parent);
    parent.joined(branch.wave(), branch.operations());
    parent.reached(branch.position());
  }

  private void leave(Entered group) {
    if (group.outermost()) {
      progress.leaveGroup(group.mode());
    }
  }

  /**
   * Leaves the code at a group. A saga that is over goes on all the same, and the mode of what
   * follows must not tell how far its code came this time.
   */
  private StepInterrupt block(Frame parent, Entered group) {
    parent.block();
    if (parent.undoing() && !report.isAnswered()) {
      group.mode().returnTo(group.racedFrom());
      if (group.outermost()) {
        progress.giveUpGroup();
      }
    }
    return StepInterrupt.INSTANCE;
  }
}
