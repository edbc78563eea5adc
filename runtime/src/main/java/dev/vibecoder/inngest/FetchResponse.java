package dev.vibecoder.inngest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/**
 * What came back from a {@link FetchRequest}; a status of 400 or more is no error of the step.
 * Immutable.
 *
 * @param status the HTTP status
 * @param headers one value a name, the names as the server writes them
 * @param body the body as text
 * @param url where it came from
 */
@SuppressWarnings("DoNotCallSuggester")
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
    headers = headers == null ? Map.of() : Map.copyOf(headers);
    body = body == null ? "" : body;
    url = url == null ? "" : url;
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
    throw new UnsupportedOperationException();
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
  public <T> T json(TypeRef<T> type) {
    throw new UnsupportedOperationException();
  }
}
