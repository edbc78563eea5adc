package dev.vibecoder.inngest.devserver.engine;

/**
 * How much is remembered. Beyond it the oldest ended runs and the oldest events are forgotten; runs
 * that are under way never are.
 *
 * @param count how many ended runs, and how many events
 * @param bytes how much of everything, as JSON
 */
public record Retention(int count, long bytes) {
  private static final long MAX_BYTES = 256L * 1024 * 1024;

  /**
   * A number of runs and events, and 256 MB or a quarter of the heap, whichever is less.
   *
   * @param count how many ended runs, and how many events
   * @return what is remembered
   */
  public static Retention of(int count) {
    return new Retention(count, Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / 4));
  }
}
