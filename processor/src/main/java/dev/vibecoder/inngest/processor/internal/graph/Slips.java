package dev.vibecoder.inngest.processor.internal.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells names that were meant to be the same. Events are named by words that differ in a few
 * letters and mean something else ({@code paid}, {@code void}), and by versions; so only what looks
 * like a slip of the pen counts.
 */
public final class Slips {
  private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{Nd}]+");

  /** Shorter words are too near to each other. */
  private static final int MIN_WORD = 4;

  private static final int LONG_WORD = 8;

  private Slips() {}

  /** Whether one name looks like the other with a slip of the pen. */
  public static boolean isSlip(String written, String name) {
    if (written.equals(name)) {
      return false;
    }
    List<String> one = words(written);
    List<String> other = words(name);
    if (String.join("", one).equals(String.join("", other))) {
      // Capitals and separators only.
      return true;
    }
    if (one.size() != other.size()) {
      return false;
    }
    int different = 0;
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equals(other.get(i))) {
        different++;
        if (!isWordSlip(one.get(i), other.get(i))) {
          return false;
        }
      }
    }
    return different == 1;
  }

  private static List<String> words(String name) {
    return Arrays.stream(SEPARATOR.split(name.toLowerCase(Locale.ROOT), -1)).toList();
  }

  private static boolean isWordSlip(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    boolean sameButDigits = one.replaceAll("\\p{Nd}", "").equals(other.replaceAll("\\p{Nd}", ""));
    return shorter >= MIN_WORD
        && !sameButDigits
        && distance(one, other) <= (shorter >= LONG_WORD ? 2 : 1);
  }

  /** How many letters were left out, added, changed, or swapped with their neighbours. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
