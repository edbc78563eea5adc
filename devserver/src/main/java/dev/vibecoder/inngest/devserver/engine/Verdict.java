package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer of an app means (protocol, HTTP, section 7.5). */
sealed interface Verdict {
  /**
   * The function returned.
   *
   * @param output its result
   */
  record Returned(JsonNode output) implements Verdict {}

  /**
   * The attempt failed.
   *
   * @param kind what it is called in the error of the run
   * @param error the error object
   * @param noRetry whether trying again is useless
   * @param retryAt when the app wants to be tried again, or null
   * @param unreachable whether no answer came at all
   */
  record Failed(
      String kind, JsonNode error, boolean noRetry, @Nullable Instant retryAt, boolean unreachable)
      implements Verdict {}

  /**
   * Operations were reported.
   *
   * @param operations what there is to do
   * @param version the protocol version of the answer
   * @param noRetry whether failed steps are final
   * @param retryAt when the app wants failed steps to be tried again, or null
   */
  record Reported(
      List<JsonNode> operations, int version, boolean noRetry, @Nullable Instant retryAt)
      implements Verdict {}
}
