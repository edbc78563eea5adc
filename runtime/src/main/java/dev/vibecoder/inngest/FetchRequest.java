package dev.vibecoder.inngest;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that the server makes in the app's place, so that nothing is held while it lasts.
 * Immutable.
 *
 * @param method the HTTP method
 * @param url an absolute URL with the scheme http or https, as the server reaches it
 * @param headers one value a name; shown in the run's history, so no place for secrets
 * @param body the body as text, or null for none
 */
@SuppressWarnings("DoNotCallSuggester")
public record FetchRequest(
    String method, URI url, Map<String, String> headers, @Nullable String body) {
  /**
   * Checks the request.
   *
   * @param method the HTTP method
   * @param url the URL
   * @param headers one value a name
   * @param body the body
   * @throws IllegalArgumentException if the method or a header's name is none, or the URL is not
   *     absolute
   */
  public FetchRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * A request without a body.
   *
   * @param url the URL
   * @return a {@code GET}
   */
  public static FetchRequest get(URI url) {
    return new FetchRequest("GET", url, Map.of(), null);
  }

  /**
   * A request with a body.
   *
   * @param url the URL
   * @param body the body as text
   * @return a {@code POST} without a content type
   */
  public static FetchRequest post(URI url, String body) {
    return new FetchRequest("POST", url, Map.of(), body);
  }

  /**
   * A request with a JSON body.
   *
   * @param url the URL
   * @param value any value, written as JSON
   * @return a {@code POST} with the content type {@code application/json}
   * @throws NonRetriableException if the value cannot be written, or would arrive changed
   */
  public static FetchRequest postJson(URI url, Object value) {
    throw new UnsupportedOperationException();
  }

  /**
   * The same request with another method.
   *
   * @param newMethod such as {@code PUT}
   * @return a new request
   */
  public FetchRequest withMethod(String newMethod) {
    return new FetchRequest(newMethod, url, headers, body);
  }

  /**
   * The same request with a header more, or another value for it.
   *
   * @param name the header's name
   * @param value its value
   * @return a new request
   */
  public FetchRequest withHeader(String name, String value) {
    throw new UnsupportedOperationException();
  }
}
