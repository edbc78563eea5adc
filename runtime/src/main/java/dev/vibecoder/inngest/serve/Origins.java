package dev.vibecoder.inngest.serve;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call an app that asks for no signature: those of this machine. Servers send
 * no {@code Origin}; browsers do, for any page that their user happens to look at.
 */
final class Origins {
  private Origins() {}

  /**
   * Whether a request may come in as far as its origin tells.
   *
   * @param origin the header {@code Origin}, or null where there is none
   */
  static boolean mayCall(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    try {
      String host = new URI(origin).getHost();
      return host != null && isLoopback(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }
}
