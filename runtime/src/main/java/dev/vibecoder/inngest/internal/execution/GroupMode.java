package dev.vibecoder.inngest.internal.execution;

/**
 * Which operations of an outermost group carry the mode {@code race}: all from its first wave on
 * that has anything but plain steps in it. The server keeps one set of pending operations a run and
 * replaces it with every answer of several; only a mode that depends on the code, and never on the
 * time of a request, keeps it from waiting for ever.
 */
final class GroupMode {
  private static final int NEVER = Integer.MAX_VALUE;

  private int racedFrom = NEVER;

  void raceFrom(int wave) {
    racedFrom = Math.min(racedFrom, wave);
  }

  /** The first wave that is raced, to be handed to {@link #returnTo}. */
  int mark() {
    return racedFrom;
  }

  void returnTo(int mark) {
    racedFrom = mark;
  }

  boolean races() {
    return racedFrom != NEVER;
  }

  boolean races(int wave) {
    return wave >= racedFrom;
  }
}
