package dev.vibecoder.inngest;

/**
 * What undoes the steps of a {@link Steps#saga saga}, in reverse order, when it fails. Register
 * each as soon as what it undoes is done.
 */
public interface Undo {
  /**
   * Registers a step that undoes the one before it. Its id is {@code undo-<step>}: the id as the
   * step was called with, and the step's own key as its key, as in {@code undo-reserve[S1]}. In a
   * branch the key of an item stands in the branch's part of the id, as for all its later steps:
   * {@code reserve[S1]>undo-reserve}. A step with former ids is undone by one with the former ids
   * {@code undo-<former>}.
   *
   * <p>It is counted here and not when it runs, so it has the same id whatever else is to be
   * undone.
   *
   * @param body what is to be done
   * @throws StepUsageException if there was no step of the saga, or no step of the branch, just
   *     before
   */
  void step(StepGroups.Action<?> body);

  /**
   * Registers a step, which is counted here.
   *
   * @param id the step's id, counted among the steps of this branch
   * @param body what is to be done
   */
  void step(String id, StepGroups.Action<?> body);

  /**
   * Registers code with steps of its own, such as a call of a {@code @Step} method. Its steps are
   * counted when they run; in a branch, in a place of their own ({@code undo-<step>>}), since
   * branches that race may register late.
   *
   * @param code what is to be done; outside its steps it is repeated in every call of the function
   */
  void steps(StepGroups.Action<?> code);
}
