package dev.vibecoder.inngest.processor.internal.time;

/** A schedule that the server refuses, or that does not mean what it says. */
public final class CronException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fix;

  CronException(String fact, String fix) {
    super(fact);
    this.fix = fix;
  }

  /** What is wrong; a full sentence. */
  public String fact() {
    return String.valueOf(getMessage());
  }

  /** What to do; a full sentence. */
  public String fix() {
    return fix;
  }
}
