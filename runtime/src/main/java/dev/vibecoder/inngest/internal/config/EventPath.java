package dev.vibecoder.inngest.internal.config;

/** Where a value stands in an event: names and dots, as in {@code data.orderId}. */
public final class EventPath {
  private EventPath() {}

  /**
   * Checks a path: anything else would be an expression, or one that the server cannot read.
   *
   * @return the same text
   * @throws IllegalArgumentException if the text is no path
   */
  public static String require(String path) {
    boolean begins = true;
    boolean good = true;
    for (int i = 0; i < path.length(); i++) {
      char character = path.charAt(i);
      boolean dot = character == '.';
      boolean letter =
          character == '_'
              || (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z');
      boolean digit = character >= '0' && character <= '9';
      good &= begins ? letter : dot || letter || digit;
      begins = dot;
    }
    if (!good || begins) {
      throw new IllegalArgumentException(
          "\"" + path + "\" is no path, such as data.orderId; use when(...) for expressions.");
    }
    return path;
  }
}
