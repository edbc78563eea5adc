package dev.vibecoder.inngest.processor.internal.diag;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class DidYouMean {
  private DidYouMean() {}

  /** A sentence naming the closest of the known words, or an empty text if none is close. */
  public static String sentence(String word, Collection<String> known) {
    return closest(word, known).map(close -> "Did you mean \"" + close + "\"? ").orElse("");
  }

  /** The closest of the known words, if one is close. */
  public static Optional<String> closest(String word, Collection<String> known) {
    int limit = Math.max(word.length() > 3 ? 2 : 1, word.length() / 3);
    return known.stream()
        // What was written is no news, and not what is wrong with it.
        .filter(candidate -> !candidate.equals(word))
        .filter(candidate -> distance(word, candidate) <= limit)
        // Nor is a word meant that has nothing in common with it.
        .filter(candidate -> distance(word, candidate) < candidate.length())
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
