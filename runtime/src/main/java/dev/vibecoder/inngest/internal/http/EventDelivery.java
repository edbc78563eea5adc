package dev.vibecoder.inngest.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.protocol.EventIdSeed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events in one request, and in smaller ones what the server refuses together with others.
 * A request that fails on the way or with a server's error is tried five times, always with the
 * same seed, from which the server makes the same ids: an event is never doubled.
 */
final class EventDelivery {
  private static final int MAX_ATTEMPTS = 5;
  private static final int MAX_REPLY_BYTES = 4 * 1024 * 1024;
  // Below it the bytes saved are not worth the time.
  private static final int MIN_GZIP_BYTES = 8 * 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InngestOptions options;
  private final EventEndpoint endpoint;
  private final Clock clock;
  private final Duration firstDelay;
  // Only servers that say so (RFC 7694) are sent compressed bodies: many cannot read them.
  private volatile boolean gzip;

  /**
   * A delivery.
   *
   * @param firstDelay how long after the first attempt the second follows; each time is twice the
   *     one before
   */
  EventDelivery(InngestOptions options, EventEndpoint endpoint, Clock clock, Duration firstDelay) {
    this.options = options;
    this.endpoint = endpoint;
    this.clock = clock;
    this.firstDelay = firstDelay;
  }

  /**
   * Delivers events of one trace.
   *
   * @return completes, never with a failure, when each event was accepted or has its own failure
   */
  CompletableFuture<Void> deliver(List<QueuedEvent> events) {
    return begin(events)
        .exceptionally(
            defect -> {
              InngestException failure =
                  new InngestException("Cannot send events: " + defect.getMessage(), defect);
              events.forEach(event -> event.failed(failure));
              return null;
            });
  }

  private CompletableFuture<Void> begin(List<QueuedEvent> events) {
    try {
      byte[] body = array(events);
      String seed = EventIdSeed.next(clock.instant(), RANDOM).toString();
      return attempt(events, body, seed, 1);
    } catch (RuntimeException | Error defect) {
      return CompletableFuture.failedFuture(defect);
    }
  }

  private static byte[] array(List<QueuedEvent> events) {
    int length = events.size() + 1;
    for (QueuedEvent event : events) {
      length += event.json().length;
    }
    byte[] body = new byte[length];
    int at = 0;
    for (QueuedEvent event : events) {
      body[at] = (byte) (at == 0 ? '[' : ',');
      System.arraycopy(event.json(), 0, body, at + 1, event.json().length);
      at += 1 + event.json().length;
    }
    body[at] = ']';
    return body;
  }

  private CompletableFuture<Void> attempt(
      List<QueuedEvent> events, byte[] body, String seed, int number) {
    boolean compressed = gzip && body.length >= MIN_GZIP_BYTES;
    HttpCall call =
        endpoint.call(
            compressed ? compress(body) : body,
            seed,
            events.get(0).trace(),
            compressed,
            MAX_REPLY_BYTES);
    return HttpTransport.send(call)
        .handle((reply, failure) -> verdict(reply, failure, events.size()))
        .thenCompose(verdict -> settle(verdict, events, body, seed, number));
  }

  private static byte[] compress(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  // --- what an answer means ---

  /** What one attempt came to. */
  private sealed interface Verdict {
    /** The server has all events. */
    record Accepted(List<String> ids) implements Verdict {}

    /** The same request may succeed later. */
    record Again(InngestException failure) implements Verdict {}

    /** This request will never succeed, whatever is in it. */
    record GivenUp(InngestException failure) implements Verdict {}

    /**
     * An event is not to the server's liking.
     *
     * @param before the ids of those before it, which it has accepted
     */
    record Refused(NonRetriableException failure, List<String> before) implements Verdict {}

    /** The server takes no compressed body. */
    record NotCompressed() implements Verdict {}
  }

  private Verdict verdict(@Nullable HttpReply reply, @Nullable Throwable failure, int count) {
    if (reply == null) {
      return ReplyTooLargeException.among(failure).isPresent()
          ? new Verdict.GivenUp(notInngest(failure))
          : new Verdict.Again(
              new InngestException(
                  "Cannot send events: "
                      + options.eventUrl()
                      + " cannot be reached. Is the server running?",
                  failure));
    }
    if (reply.status() == 415 && gzip) {
      gzip = false;
      return new Verdict.NotCompressed();
    }
    boolean takesGzip = reply.headers().contains(HttpHeader.ACCEPT_ENCODING, "gzip");
    if (takesGzip != gzip) {
      gzip = takesGzip;
    }
    JsonNode body = reply.json();
    String error = body.path("error").asText("");
    if (!reply.succeeded() || !error.isEmpty()) {
      return refused(reply.status(), error.isEmpty() ? "status " + reply.status() : error, body);
    }
    if (!body.path("ids").isArray()) {
      return new Verdict.GivenUp(notInngest(null));
    }
    List<String> ids = ids(body);
    return ids.size() == count
        ? new Verdict.Accepted(ids)
        : new Verdict.Again(
            new InngestException(
                "The server answered with " + ids.size() + " ids for " + count + " events."));
  }

  private Verdict refused(int status, String error, JsonNode body) {
    String message = "The server refused the events: " + error;
    return switch (status) {
      case 400, 413 -> new Verdict.Refused(new NonRetriableException(message), ids(body));
      case 401, 403, 404 ->
          new Verdict.GivenUp(
              new InngestException(
                  message + ". Check INNGEST_EVENT_KEY; the server is " + options.eventUrl()));
      default -> new Verdict.Again(new InngestException(message));
    };
  }

  private static List<String> ids(JsonNode body) {
    List<String> ids = new ArrayList<>();
    for (JsonNode id : body.path("ids")) {
      // Where the first event is refused the server answers with one empty id.
      if (!id.asText().isEmpty()) {
        ids.add(id.asText());
      }
    }
    return ids;
  }

  private InngestException notInngest(@Nullable Throwable failure) {
    return new InngestException(
        "Cannot send events: what answers at "
            + options.eventUrl()
            + " is no Inngest server. Check INNGEST_BASE_URL, or INNGEST_DEV where it is a URL.",
        failure);
  }

  // --- what follows from it ---

  private CompletableFuture<Void> settle(
      Verdict verdict, List<QueuedEvent> events, byte[] body, String seed, int number) {
    if (verdict instanceof Verdict.Accepted accepted) {
      for (int i = 0; i < events.size(); i++) {
        events.get(i).accepted(accepted.ids().get(i));
      }
      return done();
    }
    if (verdict instanceof Verdict.Refused refused) {
      return refused(refused, events);
    }
    if (verdict instanceof Verdict.NotCompressed) {
      return attempt(events, body, seed, number);
    }
    if (verdict instanceof Verdict.Again && number < MAX_ATTEMPTS) {
      return CompletableFuture.supplyAsync(() -> body, later(number))
          .thenCompose(same -> attempt(events, same, seed, number + 1));
    }
    InngestException failure =
        verdict instanceof Verdict.Again last
            ? last.failure()
            : ((Verdict.GivenUp) verdict).failure();
    events.forEach(event -> event.failed(failure));
    return done();
  }

  private Executor later(int number) {
    long first = firstDelay.toMillis();
    long millis = (first << (number - 1)) + ThreadLocalRandom.current().nextLong(first);
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  /** Finds the event that the server does not like: the others must not suffer for it. */
  private CompletableFuture<Void> refused(Verdict.Refused verdict, List<QueuedEvent> events) {
    int accepted = Math.min(verdict.before().size(), events.size() - 1);
    for (int i = 0; i < accepted; i++) {
      events.get(i).accepted(verdict.before().get(i));
    }
    List<QueuedEvent> left = events.subList(accepted, events.size());
    if (left.size() == 1) {
      left.get(0).failed(verdict.failure());
      return done();
    }
    // The server stops at the first that it refuses; where it names none, it is looked for.
    int first = accepted > 0 ? 1 : left.size() / 2;
    return deliver(left.subList(0, first))
        .thenCompose(ignored -> deliver(left.subList(first, left.size())));
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
