package dev.vibecoder.inngest.internal.http;

import java.io.IOException;

/**
 * A request that failed on the way. It says what happened without the words of the HTTP client,
 * which show the whole request, and with it the key in its path.
 */
final class TransportException extends IOException {
  private static final long serialVersionUID = 1L;

  private TransportException(String message) {
    super(message);
  }

  /** What a client failed with, fit to be logged. */
  static IOException of(Throwable failure) {
    if (failure instanceof ReplyTooLargeException safe) {
      return safe;
    }
    TransportException told = new TransportException(describe(failure));
    told.setStackTrace(failure.getStackTrace());
    return told;
  }

  private static String describe(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String name = root.getClass().getName();
    // What the platform says names hosts and certificates only.
    return name.startsWith("java.net.") || name.startsWith("javax.net.")
        ? name + ": " + root.getMessage()
        : name;
  }
}
