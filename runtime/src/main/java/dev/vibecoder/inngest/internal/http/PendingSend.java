package dev.vibecoder.inngest.internal.http;

import dev.vibecoder.inngest.EventsNotSentException;
import dev.vibecoder.inngest.EventsRefusedException;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.SendOutcome;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one caller sends, and what became of each event of it. Its events may go in several
 * requests, and together with those of others. Safe for use by many threads.
 */
final class PendingSend {
  private final List<byte[]> events;
  private final @Nullable TraceHeaders trace;
  private final long bytes;
  private final @Nullable SendOutcome[] outcomes;
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private int open;

  PendingSend(List<byte[]> events, @Nullable TraceHeaders trace) {
    this.events = events;
    this.trace = trace;
    this.bytes = events.stream().mapToLong(event -> event.length).sum();
    this.outcomes = new SendOutcome[events.size()];
    this.open = events.size();
  }

  /** The trace that the events belong to, or null for none. */
  @Nullable TraceHeaders trace() {
    return trace;
  }

  int count() {
    return events.size();
  }

  long bytes() {
    return bytes;
  }

  byte[] event(int index) {
    return events.get(index);
  }

  /** Completes when the last event is accepted or given up; cancelling gives up all. */
  CompletableFuture<Void> settled() {
    return settled;
  }

  void settle(int index, SendOutcome outcome) {
    boolean last;
    synchronized (outcomes) {
      if (outcomes[index] != null) {
        return;
      }
      outcomes[index] = outcome;
      last = --open == 0;
    }
    if (last) {
      settled.complete(null);
    }
  }

  /**
   * The ids, once all is settled.
   *
   * @throws EventsRefusedException if the server refused some for good, and accepted all others
   * @throws EventsNotSentException if some can be sent again
   */
  SendResult result() {
    List<SendOutcome> all = outcomes();
    List<String> ids = new ArrayList<>(all.size());
    List<InngestException> failures = new ArrayList<>(0);
    for (SendOutcome outcome : all) {
      if (outcome.failure() != null) {
        failures.add(outcome.failure());
      } else if (outcome.id() != null) {
        ids.add(outcome.id());
      }
    }
    if (failures.isEmpty()) {
      return new SendResult(ids);
    }
    throw failure(all, failures);
  }

  private List<SendOutcome> outcomes() {
    synchronized (outcomes) {
      List<SendOutcome> all = new ArrayList<>(outcomes.length);
      for (SendOutcome outcome : outcomes) {
        if (outcome == null) {
          throw new IllegalStateException("The send is not settled");
        }
        all.add(outcome);
      }
      return all;
    }
  }

  private static InngestException failure(List<SendOutcome> all, List<InngestException> failures) {
    // The one that can be cured by trying again decides; the others fail again then.
    InngestException telling =
        failures.stream()
            .filter(failure -> !(failure instanceof NonRetriableException))
            .findFirst()
            .orElse(failures.get(0));
    String message = String.valueOf(telling.getMessage());
    if (all.size() > 1) {
      message =
          message
              + " ("
              + failures.size()
              + " of "
              + all.size()
              + " events were not accepted; outcomes() of this exception tells of each.)";
    }
    return telling instanceof NonRetriableException
        ? new EventsRefusedException(message, all, telling)
        : new EventsNotSentException(message, all, telling);
  }
}
