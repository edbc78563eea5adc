package dev.vibecoder.inngest.middleware;

/**
 * A step that a function has come to.
 *
 * @param id the step's id, with its key and with {@code :n} for the n-th repeat
 * @param displayName the name for people
 * @param kind what it is
 * @param attempt which attempt of the step this is, from 0
 * @param maxAttempts how many attempts the step has; 0 if it is not known
 */
public record StepInfo(String id, String displayName, StepKind kind, int attempt, int maxAttempts) {
  /**
   * The id as it was written in the function: without key, number and branch. It has few values
   * unless the function makes ids of run-time values.
   *
   * @return {@code ship} for {@code reserve[S1]>ship:1}
   */
  public String rawId() {
    int start = id.lastIndexOf('>') + 1;
    int end = start;
    while (end < id.length() && id.charAt(end) != '[' && id.charAt(end) != ':') {
      end++;
    }
    return id.substring(start, end);
  }
}
