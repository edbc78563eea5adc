package dev.vibecoder.inngest.internal.execution;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Where a run sends signals. */
@FunctionalInterface
public interface SignalSink {
  /**
   * Sends a signal and waits for the server's answer.
   *
   * @return the run that waited for it, or null if none did
   */
  @Nullable String send(String signal, JsonNode data);
}
