package dev.vibecoder.inngest;

import org.jspecify.annotations.Nullable;

/**
 * What became of one event of a send.
 *
 * @param id the server's id of it, or null if it was not accepted
 * @param failure why it was not accepted, or null; a {@link NonRetriableException} if it never will
 *     be, and otherwise it may have been accepted without an answer
 */
public record SendOutcome(@Nullable String id, @Nullable InngestException failure) {
  /**
   * An event that the server has.
   *
   * @param id the server's id of it
   * @return the outcome
   */
  public static SendOutcome accepted(String id) {
    return new SendOutcome(id, null);
  }

  /**
   * An event that the server does not have, as far as is known.
   *
   * @param failure why
   * @return the outcome
   */
  public static SendOutcome failed(InngestException failure) {
    return new SendOutcome(null, failure);
  }

  /**
   * Whether the server has the event.
   *
   * @return true if it has an id
   */
  public boolean accepted() {
    return id != null;
  }
}
