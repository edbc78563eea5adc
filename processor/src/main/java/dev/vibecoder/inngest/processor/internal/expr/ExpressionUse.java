package dev.vibecoder.inngest.processor.internal.expr;

/** What an expression is for; it decides what its result must be and what it may contain. */
public enum ExpressionUse {
  /** Whether an event starts a run. */
  TRIGGER_WHEN,
  /** What runs are counted, grouped or told apart by. */
  KEY,
  /** What makes two events the same. */
  IDEMPOTENCY,
  /** Seconds by which a run goes ahead. */
  PRIORITY,
  /** Whether an event ends a run; {@code event} started it and {@code async} may end it. */
  CANCEL_WHEN,
  /** Whether an event goes into a batch. */
  BATCH_WHEN,
  /** Whether an event ends a wait; {@code event} started the run and {@code async} came. */
  WAIT_WHEN
}
