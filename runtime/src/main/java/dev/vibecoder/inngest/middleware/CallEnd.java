package dev.vibecoder.inngest.middleware;

/** How a call of a function ended. */
public enum CallEnd {
  /** The function returned: the run is complete. */
  RETURNED,
  /** The function threw, or its input or output could not be read or written. */
  THREW,
  /** The function was left at a step that ran, failed, or is reported to the server. */
  STEPS_REPORTED,
  /** The step that was asked for was not reached. */
  STEP_NOT_FOUND
}
