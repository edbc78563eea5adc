package dev.vibecoder.inngest.processor.internal.model;

/** What is handed to a parameter. */
public sealed interface Argument {
  /** Things that every run has. */
  enum Known implements Argument {
    EVENT,
    PAYLOAD,
    CONTEXT,
    STEPS,
    FAILURE,
    CANCELLATION
  }

  /** The result of another step, by its id. */
  record StepResult(String step) implements Argument {}

  /** A component of the event's payload. */
  record Component(String accessor) implements Argument {}
}
