package dev.vibecoder.inngest.internal.http;

import org.jspecify.annotations.Nullable;

/** The server refused a request of the app, or could not be reached. */
public final class SyncException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  SyncException(int status, String message) {
    this(status, message, null);
  }

  SyncException(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** The server's HTTP status, 0 if it could not be reached. */
  public int status() {
    return status;
  }
}
