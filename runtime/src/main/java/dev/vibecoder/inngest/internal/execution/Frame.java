package dev.vibecoder.inngest.internal.execution;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one branch, or the main line, has come in this call.
 *
 * <p>The first step of a branch is counted where the group stands, as if the branches were written
 * one after another, and names the place of all later ones: {@code x}, then {@code x>y}. A step
 * that is first on several levels has a {@code >} more for each outer one.
 */
final class Frame {
  /** Of a branch in which nothing is remembered. */
  static final long NO_POSITION = -1;

  private final @Nullable Frame parent;
  private final Namespace enclosing;
  private final @Nullable String key;
  private final int index;
  private @Nullable Namespace own;
  private @Nullable String firstStep;
  private @Nullable String lastStep;

  /** The position of the next step among those of its branch. */
  private int wave;

  /** Where the last memo of this branch stands in the order in which steps were done. */
  private long position = NO_POSITION;

  private int operations;
  private boolean blocked;
  private boolean undoing;

  private Frame(
      @Nullable Frame parent,
      Namespace enclosing,
      @Nullable Namespace own,
      @Nullable String key,
      int index,
      int wave) {
    this.parent = parent;
    this.enclosing = enclosing;
    this.own = own;
    this.key = key;
    this.index = index;
    this.wave = wave;
  }

  static Frame mainLine() {
    Namespace all = Namespace.mainLine();
    return new Frame(null, all, all, null, 0, 0);
  }

  /**
   * A branch of a group.
   *
   * @param place where the group stands
   * @param key encoded key of the branch's first step, or null
   * @param number its position in the group
   * @param fromWave position of its first step
   */
  Frame branch(Namespace place, @Nullable String key, int number, int fromWave) {
    return new Frame(this, place, null, key, number, fromWave);
  }

  /** Whether this is a frame or a branch within it. */
  boolean isWithin(Frame other) {
    for (Frame at = this; at != null; at = at.parent) {
      if (at == other) {
        return true;
      }
    }
    return false;
  }

  /** Names the present place in the code, the same in every call of a run. */
  String codePlace() {
    StringBuilder path = new StringBuilder();
    for (Frame at = this; at != null; at = at.parent) {
      path.append('/').append(at.index).append('.').append(at.operations);
    }
    return path.toString();
  }

  /** Where the next step is counted. */
  Namespace place() {
    return own != null ? own : enclosing;
  }

  boolean isMainLine() {
    return parent == null;
  }

  @Nullable Frame parent() {
    return parent;
  }

  /** The next identity of an id in this branch. */
  StepIdentity next(String localId, List<String> formerLocalIds) {
    operations++;
    if (own != null) {
      lastStep = localId;
      return own.next(localId, formerLocalIds);
    }
    String keyed = keyed(localId);
    List<String> formerKeyed = new ArrayList<>(formerLocalIds.size());
    for (String former : formerLocalIds) {
      formerKeyed.add(keyed(former));
    }
    StepIdentity first = enclosing.next(keyed, formerKeyed);
    begin(first);
    firstStep = keyed;
    lastStep = keyed;
    return first;
  }

  private String keyed(String localId) {
    String keyed = localId;
    for (Frame at = this; at != null && at.own == null; at = at.parent) {
      if (at.key != null && !keyed.endsWith("[" + at.key + "]")) {
        keyed = keyed + "[" + at.key + "]";
      }
    }
    return keyed;
  }

  private void begin(StepIdentity first) {
    String suffix = ">";
    for (Frame at = this; at != null && at.own == null; at = at.parent) {
      List<String> former = new ArrayList<>(first.formerIds().size());
      for (String formerId : first.formerIds()) {
        former.add(formerId + suffix);
      }
      at.own = new Namespace(first.id() + suffix, former);
      suffix = suffix + ">";
    }
  }

  /** The id of the step before, with its key and without the branch, or null if that is not one. */
  @Nullable String lastStep() {
    return lastStep;
  }

  /** The id of this branch's own first step, or null if it has none yet, or began with a group. */
  @Nullable String firstStep() {
    return firstStep;
  }

  int nextWave() {
    return wave++;
  }

  int wave() {
    return wave;
  }

  long position() {
    return position;
  }

  void reached(long memoPosition) {
    position = Math.max(position, memoPosition);
  }

  /** Goes on after a group. */
  void joined(int toWave, int operationsOfBranches) {
    wave = Math.max(wave, toWave);
    operations += operationsOfBranches;
    lastStep = null;
  }

  /** How many operations this branch has come by. */
  int operations() {
    return operations;
  }

  /** How many operations the run has at least before the next one of this branch. */
  int operationsBefore() {
    int before = 0;
    for (Frame at = this; at != null; at = at.parent) {
      before += at.operations;
    }
    return before;
  }

  boolean blocked() {
    return blocked;
  }

  void block() {
    blocked = true;
  }

  /** Whether a saga around is over, so that it starts no step any more. */
  boolean undoing() {
    for (Frame at = this; at != null; at = at.parent) {
      if (at.undoing) {
        return true;
      }
    }
    return false;
  }

  /**
   * Begins or ends to go through a saga that is over.
   *
   * @return what was there before
   */
  boolean undo(boolean over) {
    boolean before = undoing;
    undoing = over;
    return before;
  }

  /** Goes on after a saga that is over, where it would have gone on itself. */
  void unblock() {
    blocked = false;
  }
}
