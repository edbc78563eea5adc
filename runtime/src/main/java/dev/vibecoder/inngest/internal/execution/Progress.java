package dev.vibecoder.inngest.internal.execution;

import org.jspecify.annotations.Nullable;

/** Where in the function a call is. */
final class Progress {
  private Frame frame = Frame.mainLine();
  private @Nullable GroupMode group;
  private boolean raced;
  private int races;

  /** The branch that is being run, or the main line. */
  Frame frame() {
    return frame;
  }

  void enter(Frame branch) {
    frame = branch;
  }

  /** The outermost group that is being run, or null. */
  @Nullable GroupMode group() {
    return group;
  }

  void enter(GroupMode outermost) {
    group = outermost;
  }

  /** Leaves the outermost group. From the first raced one on, everything is raced. */
  void leaveGroup(GroupMode outermost) {
    raced |= outermost.races();
    group = null;
  }

  /** Leaves the outermost group as if it had not been entered. */
  void giveUpGroup() {
    group = null;
  }

  /** Whether everything carries the mode {@code race} by now. */
  boolean raced() {
    return raced;
  }

  /** Whether a step that is found may be run at once. */
  boolean runsAtOnce() {
    return group == null && !raced;
  }

  /** Whether the order in which steps were done matters. */
  boolean inRace() {
    return races > 0;
  }

  void beginRace() {
    races++;
  }

  void endRace() {
    races--;
  }
}
