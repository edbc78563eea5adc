package dev.vibecoder.inngest.internal.json;

/**
 * Tells texts that UTF-8 can carry from those that it cannot: Java's may hold half of a surrogate
 * pair, as is left where a text is cut in the middle of a character. The server would put a
 * replacement character in its place.
 */
public final class UnicodeText {
  private UnicodeText() {}

  /** Whether every surrogate in a text has its other half. */
  public static boolean isWhole(CharSequence text) {
    return firstHalf(text) < 0;
  }

  /** What is wrong with a text that is not whole. */
  public static String problem(CharSequence text) {
    int at = firstHalf(text);
    return "the character at index "
        + at
        + String.format(" (U+%04X)", (int) text.charAt(at))
        + " is half of a surrogate pair, which UTF-8 does not have. Cut texts between code points.";
  }

  private static int firstHalf(CharSequence text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char character = text.charAt(i);
      if (Character.isSurrogate(character)) {
        boolean whole =
            Character.isHighSurrogate(character)
                && i + 1 < length
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!whole) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
