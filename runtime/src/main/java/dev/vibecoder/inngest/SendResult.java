package dev.vibecoder.inngest;

import java.util.List;

/**
 * What the server made of events that were sent.
 *
 * @param ids the server's own ids of the events, in the order in which they were sent
 */
public record SendResult(List<String> ids) {
  /**
   * Copies the ids.
   *
   * @param ids the ids
   */
  public SendResult {
    ids = List.copyOf(ids);
  }

  /**
   * The id of the only event.
   *
   * @return its id
   * @throws IllegalStateException if not exactly one event was sent
   */
  public String id() {
    if (ids.size() != 1) {
      throw new IllegalStateException("Not one event was sent but " + ids.size());
    }
    return ids.get(0);
  }
}
