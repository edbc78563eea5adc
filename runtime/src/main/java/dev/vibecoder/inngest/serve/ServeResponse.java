package dev.vibecoder.inngest.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer for an HTTP server to send.
 *
 * @param status the HTTP status
 * @param headers the headers, the content type among them
 * @param body the body, to be sent exactly as it is: it may be signed
 */
public record ServeResponse(int status, Map<String, String> headers, byte[] body) {
  /**
   * Copies the headers.
   *
   * @param status the HTTP status
   * @param headers the headers
   * @param body the body
   */
  public ServeResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }
}
