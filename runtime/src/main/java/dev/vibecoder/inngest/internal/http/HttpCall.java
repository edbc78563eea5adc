package dev.vibecoder.inngest.internal.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a server.
 *
 * @param method the method
 * @param url the whole URL
 * @param headers its headers; the user agent need not be among them
 * @param body the body, or null for none
 * @param maxReplyBytes the longest reply that is taken
 */
record HttpCall(
    String method,
    URI url,
    Map<String, String> headers,
    byte @Nullable [] body,
    int maxReplyBytes) {
  /** How long a request may take from its first byte to the last one of the reply. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Scheme, host and port: what may be told of the URL, whose path can hold a key. */
  String origin() {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  /** Neither the path nor a header may reach a log: they can hold a key. */
  @Override
  public String toString() {
    return "HttpCall[" + method + " " + origin() + "]";
  }
}
