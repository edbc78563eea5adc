package dev.vibecoder.inngest.internal.wire;

/** A body that is not what the protocol says. */
public final class MalformedBodyException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedBodyException(String message) {
    super(message);
  }
}
