package dev.vibecoder.inngest.internal.http;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reply that nobody who speaks the protocol sends. */
final class ReplyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int maxBytes;

  ReplyTooLargeException(int maxBytes) {
    super("The reply is larger than " + maxBytes + " bytes");
    this.maxBytes = maxBytes;
  }

  /** How many bytes it could have had. */
  int maxBytes() {
    return maxBytes;
  }

  /** The one that is among the causes of what a client failed with, if it was for the size. */
  static Optional<ReplyTooLargeException> among(@Nullable Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ReplyTooLargeException tooLarge) {
        return Optional.of(tooLarge);
      }
    }
    return Optional.empty();
  }
}
