package dev.vibecoder.inngest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.protocol.ErrorObject;

/**
 * A function that failed for good, as its failure handler sees it.
 *
 * @param <E> the event that had started the function
 */
public interface FunctionFailure<E extends Event<?>> {
  /**
   * The event that had started the failed run, decoded when asked for.
   *
   * @return the event
   * @throws NonRetriableException if its payload cannot be decoded, which may be why the run failed
   */
  E event();

  /**
   * The event that had started the failed run, as it came.
   *
   * @return a JSON object with the keys {@code name}, {@code data}, {@code id}, {@code ts}
   */
  JsonNode rawEvent();

  /**
   * What went wrong.
   *
   * @return name, message and stack trace of the error
   */
  ErrorObject error();

  /**
   * The failed run.
   *
   * @return its ULID
   */
  String runId();

  /**
   * The failed function, as the server names it.
   *
   * @return {@code <app id>-<function id>}
   */
  String functionId();
}
