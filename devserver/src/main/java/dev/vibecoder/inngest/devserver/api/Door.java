package dev.vibecoder.inngest.devserver.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of others out. The server answers only to loopback names and to the name it was
 * told to listen on, so that no page can reach it through a name of its own that is bound to this
 * machine's address (DNS rebinding). It changes nothing for pages of another origin: an origin is
 * its own when scheme, host and port are those the request was sent to; the loopback names of one
 * port are the same origin.
 *
 * @param host the address the server listens on; of {@code 0.0.0.0} and {@code ::}, which are all
 *     addresses of this machine, every address may be used, but no name except loopback ones
 */
record Door(String host) {
  private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");

  Door {
    host = bare(host);
  }

  /** Why a request is refused, or null. */
  @Nullable String refusal(Request request) {
    String name = Request.getServerName(request);
    if (name != null && !isServed(bare(name))) {
      return "This server does not answer as \""
          + name
          + "\", only as localhost"
          + (isLoopback(host) ? "" : " and " + host)
          + ". Start it with --host "
          + name
          + " if it is to.";
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    boolean changes = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    if (changes && origin != null && !isOwn(origin, request)) {
      return "Requests from pages of another origin are refused";
    }
    return null;
  }

  private boolean isServed(String name) {
    return isLoopback(name)
        || name.equals(host)
        || (isEveryAddress(host) && ADDRESS.matcher(name).matches());
  }

  static boolean isLoopback(String host) {
    String bare = bare(host);
    return bare.equals("localhost")
        || bare.equals("::1")
        || LOOPBACK_ADDRESS.matcher(bare).matches();
  }

  private static boolean isEveryAddress(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  /** A host in lower case, without the brackets of an IPv6 address. */
  private static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") && lower.endsWith("]")
        ? lower.substring(1, lower.length() - 1)
        : lower;
  }

  private static boolean isOwn(String origin, Request request) {
    URI from;
    try {
      from = new URI(origin);
    } catch (URISyntaxException e) {
      return false;
    }
    String scheme = request.getHttpURI().getScheme();
    String name = Request.getServerName(request);
    if (from.getHost() == null || name == null || !scheme.equalsIgnoreCase(from.getScheme())) {
      return false;
    }
    int port = from.getPort() < 0 ? defaultPort(scheme) : from.getPort();
    String mine = bare(name);
    String theirs = bare(from.getHost());
    return port == Request.getServerPort(request)
        && (mine.equals(theirs) || (isLoopback(mine) && isLoopback(theirs)));
  }

  private static int defaultPort(String scheme) {
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }
}
