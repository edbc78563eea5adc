package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
  record Returned(Payload output) implements Verdict {}

  /**
   * The attempt failed.
   *
   * @param error the error object as the app told it
   * @param summary the error as events tell it: kind, name, message, stack and cause
   * @param noRetry whether trying again is useless
   * @param retryAt when the app wants to be tried again, or null
   * @param refused whether nobody listened where the app should be
   */
  record Failed(
      Payload error, Payload summary, boolean noRetry, @Nullable Instant retryAt, boolean refused)
      implements Verdict {
    /** A failure whose error is an object or nothing. */
    static Failed of(String kind, JsonNode error, boolean noRetry, @Nullable Instant retryAt) {
      ObjectNode summary = JsonNodeFactory.instance.objectNode();
      summary.put("error", kind);
      for (String key : List.of("name", "message", "stack", "cause")) {
        if (error.has(key)) {
          summary.set(key, error.get(key));
        }
      }
      return new Failed(Payload.of(error), Payload.of(summary), noRetry, retryAt, false);
    }

    /** A failure that the server found, to be tried again by policy. */
    static Failed of(String kind, String name, String message) {
      ObjectNode error = JsonNodeFactory.instance.objectNode();
      error.put("name", name);
      error.put("message", message);
      return of(kind, error, false, null);
    }

    Failed forGood() {
      return new Failed(error, summary, true, null, refused);
    }

    Failed retryAt(@Nullable Instant time) {
      return new Failed(error, summary, noRetry, time, refused);
    }

    Failed refused(boolean nobodyListened) {
      return new Failed(error, summary, noRetry, retryAt, nobodyListened);
    }
  }

  /**
   * Operations were reported.
   *
   * @param operations what there is to do
   * @param version the protocol version of the answer
   * @param noRetry whether failed steps are final
   * @param retryAt when the app wants failed steps to be tried again, or null
   */
  record Reported(
      List<Operation> operations, int version, boolean noRetry, @Nullable Instant retryAt)
      implements Verdict {}
}
