package dev.vibecoder.inngest;

/**
 * What undoes the steps of a {@link Steps#saga saga}, in reverse order, when it fails. Register
 * each as soon as what it undoes is done.
 */
public interface Undo {
  /**
   * Registers a step that undoes the one before it. Its id is {@code undo-<step>}.
   *
   * @param body what is to be done
   * @throws StepUsageException if there was no step in the saga yet
   */
  void step(StepGroups.Action<?> body);

  /**
   * Registers a step.
   *
   * @param id the step's id
   * @param body what is to be done
   */
  void step(String id, StepGroups.Action<?> body);

  /**
   * Registers code with steps of its own, such as a call of a {@code @Step} method.
   *
   * @param code what is to be done; outside its steps it is repeated in every call of the function
   */
  void steps(StepGroups.Action<?> code);
}
