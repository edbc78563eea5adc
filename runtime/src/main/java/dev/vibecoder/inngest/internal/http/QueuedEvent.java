package dev.vibecoder.inngest.internal.http;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.SendOutcome;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way.
 *
 * @param send whose it is
 * @param index which of that caller's
 */
record QueuedEvent(PendingSend send, int index) {
  byte[] json() {
    return send.event(index);
  }

  /** The trace that it belongs to, or null for none. */
  @Nullable TraceHeaders trace() {
    return send.trace();
  }

  void accepted(String id) {
    send.settle(index, SendOutcome.accepted(id));
  }

  void failed(InngestException failure) {
    send.settle(index, SendOutcome.failed(failure));
  }
}
