package dev.vibecoder.inngest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came back from a {@link FetchRequest}; a status of 400 or more is no error of the step.
 * Immutable.
 *
 * @param status the HTTP status
 * @param headers one value a name, the names as the server writes them
 * @param body the body as text
 * @param url where it came from
 */
public record FetchResponse(
    @JsonProperty("status_code") int status, Map<String, String> headers, String body, String url) {
  /**
   * Copies the headers.
   *
   * @param status the HTTP status
   * @param headers one value a name
   * @param body the body as text
   * @param url where it came from
   */
  public FetchResponse {
    headers = Map.copyOf(headers);
  }

  /** What came over the wire, where anything may be missing. */
  @JsonCreator
  static FetchResponse received(
      @JsonProperty("status_code") int status,
      @JsonProperty("headers") @Nullable Map<String, String> headers,
      @JsonProperty("body") @Nullable String body,
      @JsonProperty("url") @Nullable String url) {
    return new FetchResponse(
        status,
        Objects.requireNonNullElse(headers, Map.of()),
        Objects.requireNonNullElse(body, ""),
        Objects.requireNonNullElse(url, ""));
  }

  /**
   * Whether the status tells of success.
   *
   * @return true for 200 to 299
   */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /**
   * A header's value.
   *
   * @param name the header's name in any case
   * @return the value, or empty
   */
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The body as JSON.
   *
   * @param type type of the body
   * @param <T> type of the body
   * @return the body
   * @throws NonRetriableException if the body is not of that type
   */
  public <T> T json(Class<T> type) {
    return json(TypeRef.of(type));
  }

  /**
   * The body as JSON of a generic type.
   *
   * @param type type of the body
   * @param <T> type of the body
   * @return the body
   * @throws NonRetriableException if the body is not of that type
   */
  // The body was read as the type that was asked for.
  @SuppressWarnings("unchecked")
  public <T> T json(TypeRef<T> type) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try {
      Object value = Json.read(bytes, 0, bytes.length, type);
      if (value != null) {
        return (T) value;
      }
    } catch (IOException e) {
      throw new NonRetriableException(
          "What came from " + url + " cannot be read as " + type + ": " + Json.problem(e), e);
    }
    throw new NonRetriableException("What came from " + url + " is null.");
  }
}
