package dev.vibecoder.inngest.processor.internal.lint;

/** Where code stands, as to what may be done there. */
enum Place {
  /** In a handler, outside its steps: done again in every call. */
  HANDLER,
  /** In a step: done once. */
  STEP,
  /** In what a handler hands to another thread. */
  ELSEWHERE,
  /** In what is run nobody knows where. */
  UNKNOWN
}
