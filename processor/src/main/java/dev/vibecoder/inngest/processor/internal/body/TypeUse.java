package dev.vibecoder.inngest.processor.internal.body;

/** What code does with the types of events, one thing after another. */
public sealed interface TypeUse {
  /** A type is named: {@code HelloWorldEvent.TYPE}. */
  record Named(Mention.ByClass event) implements TypeUse {}

  /** Something takes the type that was named last. */
  enum Taken implements TypeUse {
    /** {@code send(type, data)}. */
    SENT,
    /** {@code waitForEvent(type, ...)}. */
    AWAITED
  }
}
