package dev.vibecoder.inngest.internal.http;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.internal.wire.TraceHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Sends the events of an app. Safe for use by many threads. */
public final class EventApi {
  /** The most events the server takes in one request. */
  public static final int MAX_EVENTS = 5_000;

  static final EventQueue.Limits LIMITS =
      new EventQueue.Limits(
          MAX_EVENTS, 4L * 1024 * 1024, 4, Duration.ofMillis(5), 64L * 1024 * 1024);

  private static final Duration FIRST_DELAY = Duration.ofMillis(100);

  private final InngestOptions options;
  private final Clock clock;
  private final Duration firstDelay;
  private final EventQueue.Limits limits;
  private volatile @Nullable EventQueue queue;

  public EventApi(InngestOptions options, Clock clock) {
    this(options, clock, FIRST_DELAY, LIMITS);
  }

  /** Waits a given time before the second attempt, and twice as long before each that follows. */
  EventApi(InngestOptions options, Clock clock, Duration firstDelay, EventQueue.Limits limits) {
    this.options = options;
    this.clock = clock;
    this.firstDelay = firstDelay;
    this.limits = limits;
  }

  /**
   * Sends events and waits for their ids; the thread can be interrupted.
   *
   * @param events each a JSON object
   * @param trace the trace that they belong to, or null for none
   * @throws InngestException a {@link dev.vibecoder.inngest.SendFailure} if some were not accepted
   */
  public SendResult send(List<byte[]> events, @Nullable TraceHeaders trace) {
    if (events.isEmpty()) {
      return new SendResult(List.of());
    }
    PendingSend send = new PendingSend(events, trace);
    try {
      queue().put(send);
      send.settled().get();
    } catch (InterruptedException e) {
      send.settled().cancel(true);
      Thread.currentThread().interrupt();
      throw new InngestException(
          "Interrupted while events were sent; the server may have them or not.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("It is never completed with an exception", e);
    }
    return send.result();
  }

  /**
   * Sends events.
   *
   * @param events each a JSON object
   * @param trace the trace that they belong to, or null for none
   * @return fails with an {@link InngestException}, at once if too many events wait to be sent;
   *     what follows on it never holds up other sends
   */
  public CompletableFuture<SendResult> sendAsync(
      List<byte[]> events, @Nullable TraceHeaders trace) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(new SendResult(List.of()));
    }
    PendingSend send = new PendingSend(events, trace);
    try {
      if (!queue().offer(send)) {
        return CompletableFuture.failedFuture(
            new InngestException(
                "Too many events wait to be sent: "
                    + limits.offeredBytes()
                    + " bytes at most. Wait for some of the futures before sending more."));
      }
    } catch (InngestException noKey) {
      return CompletableFuture.failedFuture(noKey);
    }
    return send.settled().thenApplyAsync(settled -> send.result());
  }

  /** Made on first use: an app that sends nothing needs no key. */
  private EventQueue queue() {
    EventQueue present = queue;
    if (present != null) {
      return present;
    }
    synchronized (this) {
      if (queue == null) {
        EventDelivery delivery =
            new EventDelivery(options, EventEndpoint.of(options), clock, firstDelay);
        queue = new EventQueue(limits, delivery::deliver);
      }
      return queue;
    }
  }
}
