package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.internal.wire.RequestHeaders;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A request as an HTTP server received it.
 *
 * @param method the method, upper case
 * @param url the full URL the client asked for, as far as it is known
 * @param headers the headers; names in any case, of repeated ones the first
 * @param body the body exactly as it was received; not to be changed afterwards
 */
public record ServeRequest(String method, URI url, Map<String, String> headers, byte[] body) {
  /**
   * Makes the header names independent of case.
   *
   * @param method the method
   * @param url the full URL
   * @param headers the headers
   * @param body the body
   */
  public ServeRequest {
    headers = RequestHeaders.of(headers);
  }

  /**
   * A header.
   *
   * @param name its name in any case
   * @return its value, or empty
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The URL's path alone: the only part of it that has led here for certain. */
  URI path() {
    String path = url.getRawPath();
    return path == null || !path.startsWith("/") || path.startsWith("//")
        ? URI.create("/")
        : URI.create(path);
  }

  /**
   * A parameter of the query.
   *
   * @param name its name
   * @return its first value, decoded, or empty if it is missing or malformed
   */
  public Optional<String> query(String name) {
    String query = url.getRawQuery();
    if (query == null) {
      return Optional.empty();
    }
    int length = name.length();
    int next;
    for (int at = 0; at <= query.length(); at = next + 1) {
      int and = query.indexOf('&', at);
      next = and < 0 ? query.length() : and;
      if (at + length < next && query.startsWith(name, at) && query.charAt(at + length) == '=') {
        return decoded(query.substring(at + length + 1, next));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decoded(String value) {
    try {
      return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
