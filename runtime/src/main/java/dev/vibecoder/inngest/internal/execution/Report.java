package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.internal.execution.CallOutcome.FoundStep;
import dev.vibecoder.inngest.internal.execution.CallOutcome.Reported;
import dev.vibecoder.inngest.internal.wire.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one call has to tell the server. */
final class Report {
  private final List<Entry> entries = new ArrayList<>(1);
  private int undoable;
  private final List<FoundStep> found = new ArrayList<>(0);
  private @Nullable Entry answer;
  private @Nullable Boolean noRetry;
  private @Nullable String retryAfter;
  private @Nullable Throwable branchFailure;
  private @Nullable Throwable gaveUp;

  /**
   * An operation whose mode is known when all branches of its group were visited.
   *
   * @param operation the operation
   * @param raced whether everything is raced by now
   * @param group the outermost group it belongs to, or null
   * @param wave its position
   * @param undoable whether another operation may have to undo it
   */
  private record Entry(
      Operation operation, boolean raced, @Nullable GroupMode group, int wave, boolean undoable) {
    Operation complete() {
      return raced || (group != null && group.races(wave)) ? operation.race() : operation;
    }
  }

  /** A step that is not done. */
  void add(Operation operation, Progress at, int wave) {
    boolean undo = at.frame().isUndoable();
    undoable += undo ? 1 : 0;
    entries.add(new Entry(operation, at.raced(), at.group(), wave, undo));
  }

  /** What the step that was asked for gave. */
  void answer(Operation operation, Progress at, int wave) {
    answer = new Entry(operation, at.raced(), at.group(), wave, false);
  }

  boolean isAnswered() {
    return answer != null;
  }

  /** How the server shall deal with the step that was run. */
  void retry(@Nullable Boolean never, @Nullable String after) {
    noRetry = never;
    retryAfter = after;
  }

  /** How many operations there are. */
  int size() {
    return entries.size();
  }

  /** How many operations there are, with those that may have to undo them. */
  int room() {
    return entries.size() + undoable;
  }

  /**
   * What there is to report at some time.
   *
   * @param size how many operations
   * @param gaveUp why the call was given up, or null
   * @param branchFailure what a branch ended with, or null
   */
  record Mark(int size, @Nullable Throwable gaveUp, @Nullable Throwable branchFailure) {}

  Mark mark() {
    return new Mark(entries.size(), gaveUp, branchFailure);
  }

  /** Leaves out what came since, from branches that do not count any more. */
  void returnTo(Mark before) {
    List<Entry> since = entries.subList(before.size(), entries.size());
    for (Entry entry : since) {
      undoable -= entry.undoable() ? 1 : 0;
    }
    since.clear();
    gaveUp = before.gaveUp();
    dealtWith(before);
  }

  /** A group has ended: what its branches threw is thrown on, or handled, by the code. */
  void dealtWith(Mark before) {
    branchFailure = before.branchFailure();
  }

  /** A new step that was reached while another one was asked for. */
  void found(FoundStep step) {
    found.add(step);
  }

  List<FoundStep> found() {
    return found;
  }

  /** A branch ended with an exception of its own while the step that was asked for is not found. */
  void branchFailed(Throwable thrown) {
    if (branchFailure == null) {
      branchFailure = thrown;
    }
  }

  @Nullable Throwable branchFailure() {
    return branchFailure;
  }

  /** A branch ended with something that will not come again: nothing of this call is to be kept. */
  void giveUp(Throwable thrown) {
    if (gaveUp == null) {
      gaveUp = thrown;
    }
  }

  @Nullable Throwable gaveUp() {
    return gaveUp;
  }

  /** What there is to report, or null if there is nothing. */
  @Nullable Reported outcome() {
    if (answer != null) {
      return new Reported(List.of(answer.complete()), noRetry, retryAfter);
    }
    if (entries.isEmpty()) {
      return null;
    }
    List<Operation> operations = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      operations.add(entry.complete());
    }
    return new Reported(operations, noRetry, retryAfter);
  }
}
