package dev.vibecoder.inngest.devserver.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of others out: a server on loopback answers only to loopback names, so that no
 * page can reach it through a name of its own, and changes nothing for pages of another origin.
 *
 * @param loopbackOnly whether the server listens on loopback only
 */
record Door(boolean loopbackOnly) {
  private static final Set<String> LOOPBACK =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0.0.0.0");

  /** Why a request is refused, or null. */
  @Nullable String refusal(Request request) {
    String host = Request.getServerName(request);
    if (loopbackOnly && host != null && !isLoopback(host)) {
      return "This server answers on loopback only, not as \"" + host + "\". Start it with --host.";
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    boolean changes = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    if (changes && origin != null && !isOwn(origin, host)) {
      return "Requests from pages of another origin are refused";
    }
    return null;
  }

  private static boolean isLoopback(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(lower) || lower.endsWith(".localhost");
  }

  private static boolean isOwn(String origin, @Nullable String host) {
    try {
      String from = new URI(origin).getHost();
      return from != null && (isLoopback(from) || from.equalsIgnoreCase(host));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
