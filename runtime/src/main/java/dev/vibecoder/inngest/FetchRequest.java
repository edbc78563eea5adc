package dev.vibecoder.inngest;

import dev.vibecoder.inngest.internal.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
public record FetchRequest(
    String method, URI url, Map<String, String> headers, @Nullable String body) {
  /**
   * Checks the request.
   *
   * @param method the HTTP method
   * @param url the URL
   * @param headers one value a name
   * @param body the body
   * @throws IllegalArgumentException if the method or a header's name is none, a name is there
   *     twice, its value has a line break or a NUL, or the URL is not absolute
   */
  public FetchRequest {
    if (!isToken(method)) {
      throw new IllegalArgumentException("\"" + method + "\" is no HTTP method.");
    }
    requireAbsolute(url);
    headers = Map.copyOf(headers);
    Set<String> names = new HashSet<>();
    headers.forEach(
        (name, value) -> {
          if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                "The header \""
                    + name.toLowerCase(Locale.ROOT)
                    + "\" is there twice, in upper and lower case; one value would be lost.");
          }
          if (!isToken(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of an HTTP header.");
          }
          if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                "The value of the header \"" + name + "\" has a line break or a NUL.");
          }
        });
  }

  static URI requireAbsolute(URI url) {
    String scheme = url.getScheme();
    boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "\"" + url + "\" is no absolute URL with the scheme http or https.");
    }
    return url;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character <= ' ' || character >= 127 || "()<>@,;:\\\"/[]?={}".indexOf(character) >= 0) {
        return false;
      }
    }
    return !text.isEmpty();
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
    byte[] json = Json.write(value, "the body of a request to " + url.getHost());
    return post(url, new String(json, StandardCharsets.UTF_8))
        .withHeader("content-type", "application/json");
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
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new FetchRequest(method, url, more, body);
  }
}
