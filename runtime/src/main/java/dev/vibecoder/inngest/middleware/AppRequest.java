package dev.vibecoder.inngest.middleware;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A call request as it came over HTTP, its signature verified.
 *
 * @param method the HTTP method
 * @param url the full URL, as far as it is known
 * @param headers the headers, looked up in any case; not to be changed
 * @param body the body exactly as it was received; not to be changed
 */
public record AppRequest(String method, URI url, Map<String, String> headers, byte[] body) {
  /**
   * A header.
   *
   * @param name its name in any case
   * @return its value, or empty
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
