package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.internal.json.Json;
import java.nio.charset.StandardCharsets;
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

  /**
   * The end of a streamed answer: this one as a JSON object with its status, headers and body. What
   * was sent before it, status and blanks, stands for nothing.
   *
   * @return bytes to be sent after {@link ServeExchange#beginStream} and any number of blanks
   */
  public byte[] streamed() {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("status", status);
    envelope.put("headers", headers);
    // As a text, so that the bytes that were signed are still the same.
    envelope.put("body", new String(body, StandardCharsets.UTF_8));
    envelope.put("version", 2);
    return Json.encode(envelope);
  }
}
