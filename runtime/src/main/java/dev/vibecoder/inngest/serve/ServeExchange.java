package dev.vibecoder.inngest.serve;

import java.util.function.Supplier;

/**
 * A request whose sender is known and that is still to be answered; for HTTP servers that let only
 * so many functions run at once, or that begin answers before they are there.
 */
public final class ServeExchange {
  private final boolean runsFunction;
  private final Supplier<ServeResponse> answer;
  private final Supplier<ServeResponse> begin;
  private final Supplier<String> description;

  ServeExchange(
      boolean runsFunction,
      Supplier<ServeResponse> answer,
      Supplier<ServeResponse> begin,
      Supplier<String> description) {
    this.runsFunction = runsFunction;
    this.answer = answer;
    this.begin = begin;
    this.description = description;
  }

  /**
   * Whether a function runs for the answer, which may take any time: only a request that was signed
   * where that is required, for a function that exists. All others are answered at once.
   *
   * @return true for calls
   */
  public boolean runsFunction() {
    return runsFunction;
  }

  /**
   * Answers the request, on this thread; to be called once.
   *
   * @return the answer, to be sent as it is
   */
  public ServeResponse answer() {
    return answer.get();
  }

  /**
   * The beginning of a streamed answer: status 201 and headers, with an empty body. It is followed
   * by blanks, one every few seconds, and at last by {@link ServeResponse#streamed}.
   *
   * @return the beginning
   */
  public ServeResponse beginStream() {
    return begin.get();
  }

  /**
   * What is called, for logs.
   *
   * @return the function's id on the wire and the run, as far as the request tells; costs reading
   *     the body
   */
  @Override
  public String toString() {
    return description.get();
  }
}
