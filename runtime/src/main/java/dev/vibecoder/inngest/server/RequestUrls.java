package dev.vibecoder.inngest.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of requests, kept: the calls of a function have all the same, or one for each of its
 * steps. Safe for use by many threads.
 */
final class RequestUrls {
  private static final int MAX_KEPT = 1_000;
  private static final int MAX_LENGTH = 256;

  private final ConcurrentMap<String, URI> kept = new ConcurrentHashMap<>();

  /**
   * The URL as the client wrote it, or null if that is none: what HTTP lets pass is not all one.
   */
  @Nullable URI of(Request request) {
    String text = request.getHttpURI().asString();
    URI url = kept.get(text);
    return url != null ? url : parsed(text);
  }

  private @Nullable URI parsed(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException malformed) {
      return null;
    }
    if (text.length() <= MAX_LENGTH) {
      // Who asks for many is no server, or an app has very many steps: either may begin anew.
      if (kept.size() >= MAX_KEPT) {
        kept.clear();
      }
      kept.put(text, url);
    }
    return url;
  }
}
