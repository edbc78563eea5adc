package dev.vibecoder.inngest.devserver.engine;

/** The states of a run; the names on the wire are those with a capital only. */
public enum RunStatus {
  /** Accepted, not called yet. */
  SCHEDULED("Scheduled"),
  /** Called at least once. */
  RUNNING("Running"),
  /** Ended with a result. */
  COMPLETED("Completed"),
  /** Ended with an error. */
  FAILED("Failed"),
  /** Ended from outside. */
  CANCELLED("Cancelled");

  private final String wireName;

  RunStatus(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The name on the wire.
   *
   * @return the name
   */
  public String wireName() {
    return wireName;
  }

  /**
   * Whether nothing more happens to the run.
   *
   * @return true for completed, failed and cancelled
   */
  public boolean ended() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
