package dev.vibecoder.inngest.devserver.engine;

/**
 * One thing to be called for: whatever comes next, or one step. Its retries are the same job.
 *
 * @param id the same on every retry
 * @param stepId {@code step} for whatever comes next, else the hash of the step
 * @param attempt which attempt it is, from 0
 * @param current 1 and the place of the step that led to it, 0 for the first call of a run
 * @param woken whether a retry of it was brought forward because its app had come back
 */
public record Job(String id, String stepId, int attempt, int current, boolean woken) {
  /** Asks for whatever comes next. */
  static final String DISCOVERY = "step";

  Job next() {
    return new Job(id, stepId, attempt + 1, current, woken);
  }

  Job wake() {
    return new Job(id, stepId, attempt, current, true);
  }

  boolean targeted() {
    return !stepId.equals(DISCOVERY);
  }
}
