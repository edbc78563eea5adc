package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A run that was cancelled, as the function's cancellation handler sees it. The server tells no
 * reason.
 *
 * @param <E> the event that had started the function
 */
public interface FunctionCancellation<E extends Event<?>> {
  /**
   * The event that had started the cancelled run, decoded when asked for.
   *
   * @return the event
   * @throws NonRetriableException if its payload cannot be decoded
   */
  E event();

  /**
   * The event that had started the cancelled run, as it came.
   *
   * @return a JSON object with the keys {@code name}, {@code data}, {@code id}, {@code ts}
   */
  JsonNode rawEvent();

  /**
   * The cancelled run.
   *
   * @return its ULID
   */
  String runId();

  /**
   * The function, as the server names it.
   *
   * @return {@code <app id>-<function id>}
   */
  String functionId();
}
