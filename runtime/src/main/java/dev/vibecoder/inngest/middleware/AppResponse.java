package dev.vibecoder.inngest.middleware;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to a call request, before it is signed. The headers that the protocol demands of every
 * answer are added later.
 *
 * @param status the HTTP status, which tells the server how the call ended
 * @param headers the headers that belong to this answer
 * @param body the body
 */
public record AppResponse(int status, Map<String, String> headers, byte[] body) {
  /**
   * Copies the headers.
   *
   * @param status the HTTP status
   * @param headers the headers
   * @param body the body
   */
  public AppResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * This answer with one header more.
   *
   * @param name the header's name
   * @param value its value
   * @return a new answer
   */
  public AppResponse withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new AppResponse(status, more, body);
  }
}
