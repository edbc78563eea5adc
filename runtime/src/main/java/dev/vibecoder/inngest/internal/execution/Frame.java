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
  private @Nullable LastStep lastStep;

  /** The position of the next step among those of its branch. */
  private int wave;

  /** Where the last memo of this branch stands in the order in which steps were done. */
  private long position = NO_POSITION;

  private int operations;
  private boolean blocked;
  private boolean undoing;
  private Saga saga = Saga.NONE;

  /**
   * A step as it was called: with its own key, without the branch and the branch's key.
   *
   * @param id its id
   * @param formerIds what that was before
   */
  record LastStep(String id, List<String> formerIds) {}

  /** Where a branch is in a saga of its own. */
  enum Saga {
    NONE,
    GOING_ON,
    UNDOING
  }

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
      StepIdentity later = own.next(localId, formerLocalIds);
      lastStep = new LastStep(localId, formerLocalIds);
      return later;
    }
    String keyed = keyed(localId);
    StepIdentity first = enclosing.next(keyed, keyed(formerLocalIds));
    begin(first);
    firstStep = keyed;
    lastStep = new LastStep(localId, formerLocalIds);
    return first;
  }

  /**
   * The identity of what is to be done later, counted where the code stands now. It is not the
   * first step of its branch.
   */
  StepIdentity reserve(String localId, List<String> formerLocalIds) {
    return own != null
        ? own.next(localId, formerLocalIds)
        : enclosing.next(keyed(localId), keyed(formerLocalIds));
  }

  /** A step comes whose identity was {@linkplain #reserve reserved}. */
  void comes() {
    operations++;
  }

  /**
   * Counts elsewhere from now on.
   *
   * @param place where, or null as at the beginning of a branch
   * @return where it was counted
   */
  @Nullable Namespace countIn(@Nullable Namespace place) {
    Namespace before = own;
    own = place;
    return before;
  }

  private List<String> keyed(List<String> localIds) {
    List<String> keyed = new ArrayList<>(localIds.size());
    for (String localId : localIds) {
      keyed.add(keyed(localId));
    }
    return keyed;
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

  /** The step before, or null if that is not one. */
  @Nullable LastStep lastStep() {
    return lastStep;
  }

  void lastStep(@Nullable LastStep step) {
    lastStep = step;
  }

  /**
   * Enters or leaves a saga.
   *
   * @return what was there before
   */
  Saga saga(Saga now) {
    Saga before = saga;
    saga = now;
    return before;
  }

  /** Whether a step here may have to be undone. */
  boolean isUndoable() {
    for (Frame at = this; at != null; at = at.parent) {
      if (at.saga != Saga.NONE) {
        return at.saga == Saga.GOING_ON;
      }
    }
    return false;
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

  /** A step that a saga which is over does not start any more has no position. */
  void backTo(int toWave) {
    wave = toWave;
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
