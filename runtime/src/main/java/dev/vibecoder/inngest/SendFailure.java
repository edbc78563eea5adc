package dev.vibecoder.inngest;

import java.util.List;

/**
 * What exceptions of a send tell: of each event, in the order in which they were sent, whether the
 * server has it. Those that it has need not be sent again.
 */
public interface SendFailure {
  /**
   * What became of each event.
   *
   * @return one outcome an event, in order; unmodifiable
   */
  List<SendOutcome> outcomes();
}
