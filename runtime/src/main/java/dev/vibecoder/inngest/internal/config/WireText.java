package dev.vibecoder.inngest.internal.config;

import dev.vibecoder.inngest.InngestException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** Refuses, at the start, settings that could not be sent later. */
public final class WireText {
  private WireText() {}

  /** A text that stands in JSON and, encoded, in URLs. */
  public static String text(String what, String text) {
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new InngestException(what + " has a control character. Leave it out.");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InngestException(what + " has half of a surrogate pair, which cannot be sent.");
    }
    return text;
  }

  /** A text that is the value of a header. */
  public static String header(String what, String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new InngestException(
          what
              + " is \""
              + text.replaceAll("\\p{Cntrl}", "?")
              + "\", which cannot be sent in a header. Use ASCII letters, digits, spaces and"
              + " punctuation.");
    }
    return text;
  }

  /** A path of a URL, from its first slash on. */
  public static String path(String what, String text) {
    String path = text.startsWith("/") ? text : "/" + text;
    if (!isPath(path)) {
      throw new InngestException(
          what
              + " is \""
              + text.replaceAll("\\p{Cntrl}", "?")
              + "\", which is no path of a URL, such as /api/inngest: ASCII, percent-encoded where"
              + " necessary, without query, fragment, empty or dotted parts.");
    }
    return path;
  }

  private static boolean isPath(String path) {
    try {
      URI url = new URI("http://host" + path);
      return url.normalize().toASCIIString().equals("http://host" + path)
          && path.equals(url.getRawPath());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
