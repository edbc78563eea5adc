package dev.vibecoder.inngest.internal.execution;

import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import java.util.List;

/** Where a run sends events. */
@FunctionalInterface
public interface EventSink {
  /** Sends events in one request and waits for the server's ids of them. */
  SendResult send(List<EventEnvelope> events);
}
