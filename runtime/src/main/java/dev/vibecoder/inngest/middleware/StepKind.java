package dev.vibecoder.inngest.middleware;

/** What a step is. More kinds may come: leave room for them in a {@code switch}. */
public enum StepKind {
  /** Code of the function, run in the app. */
  RUN,
  /** Events sent by the app. */
  SEND,
  /** A signal sent by the app. */
  SEND_SIGNAL,
  /** A call of an AI provider made by the app. */
  AI_WRAP,
  /** Waits for a time. */
  SLEEP,
  /** Waits for an event. */
  WAIT_FOR_EVENT,
  /** Waits for a signal. */
  WAIT_FOR_SIGNAL,
  /** Another function, called by the server. */
  INVOKE,
  /** An HTTP request made by the server. */
  FETCH,
  /** A call of an AI provider made by the server. */
  AI_INFER;

  /**
   * Whether the app runs the step's body; all others the server does or waits for.
   *
   * @return true for the first four
   */
  public boolean runsInApp() {
    return compareTo(AI_WRAP) <= 0;
  }
}
