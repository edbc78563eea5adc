package dev.vibecoder.inngest.devserver.engine;

import org.jspecify.annotations.Nullable;

/** The engine takes nothing any more: it was closed, or it failed. */
public final class EngineStoppedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  EngineStoppedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
