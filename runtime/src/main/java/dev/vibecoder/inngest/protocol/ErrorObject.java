package dev.vibecoder.inngest.protocol;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An error on the wire: of a step, of a run, or memoised (specification, section 4.4.3).
 *
 * @param name the type of the error, a class name from a Java SDK
 * @param message what happened
 * @param stack the stack trace as text
 * @param cause what led to it: an object of the same shape, or any JSON
 * @param data what else the error tells, any JSON, such as a provider's answer
 * @param noRetry whether the server was told not to try again
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorObject(
    @Nullable String name,
    @Nullable String message,
    @Nullable String stack,
    @Nullable JsonNode cause,
    @Nullable JsonNode data,
    @Nullable Boolean noRetry) {
  /**
   * Reads whatever was recorded as an error: SDKs of any language write them, and one that is odd
   * is an error all the same.
   *
   * @param recorded any JSON
   * @return what can be made of it; absent parts are null
   */
  public static ErrorObject read(JsonNode recorded) {
    if (!recorded.isObject()) {
      return new ErrorObject(null, text(recorded), null, null, null, null);
    }
    JsonNode noRetry = recorded.path("noRetry");
    return new ErrorObject(
        text(recorded.path("name")),
        text(recorded.path("message")),
        text(recorded.path("stack")),
        recorded.get("cause"),
        recorded.get("data"),
        noRetry.isBoolean() ? noRetry.asBoolean() : null);
  }

  private static @Nullable String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
