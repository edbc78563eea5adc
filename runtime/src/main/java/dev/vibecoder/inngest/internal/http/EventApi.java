package dev.vibecoder.inngest.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.SendResult;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.protocol.EventEnvelope;
import dev.vibecoder.inngest.protocol.EventIdSeed;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.SdkVersion;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends events. A request that fails on the way or with a server's error is tried five times,
 * always with the same seed, from which the server makes the same ids: an event is never doubled.
 */
public final class EventApi {
  /** The most events the server takes in one request. */
  public static final int MAX_EVENTS = 5_000;

  private static final int MAX_ATTEMPTS = 5;
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_REPLY_BYTES = 4 * 1024 * 1024;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InngestOptions options;
  private final Clock clock;
  private final Duration firstDelay;

  public EventApi(InngestOptions options, Clock clock) {
    this(options, clock, FIRST_DELAY);
  }

  /** Waits a given time before the second attempt, and twice as long before each that follows. */
  EventApi(InngestOptions options, Clock clock, Duration firstDelay) {
    this.options = options;
    this.clock = clock;
    this.firstDelay = firstDelay;
  }

  /** Sends events and waits for their ids; the thread can be interrupted. */
  public SendResult send(List<EventEnvelope> events) {
    CompletableFuture<SendResult> sent = sendAsync(events);
    try {
      return sent.get();
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new InngestException(
          "Interrupted while events were sent; the server may have them or not.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InngestException known) {
        // The trace of the caller says more than that of the client's thread.
        InngestException here =
            known instanceof NonRetriableException
                ? new NonRetriableException(String.valueOf(known.getMessage()), known)
                : new InngestException(String.valueOf(known.getMessage()), known);
        throw here;
      }
      throw new InngestException("Cannot send events: " + e.getCause(), e);
    }
  }

  /** Sends events; the future fails with an {@link InngestException}. */
  public CompletableFuture<SendResult> sendAsync(List<EventEnvelope> events) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(new SendResult(List.of()));
    }
    if (events.size() > MAX_EVENTS) {
      return sendInParts(events);
    }
    String key = options.eventKey().orElse(null);
    if (key == null) {
      return CompletableFuture.failedFuture(
          new InngestException(
              "There is no event key. Set INNGEST_EVENT_KEY, or INNGEST_DEV=1 to send to a"
                  + " development server."));
    }
    String seed = EventIdSeed.next(clock.instant(), RANDOM).toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    options.eventUrl()
                        + "/e/"
                        // A plus is a space in a query only.
                        + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20")))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", SdkVersion.HEADER)
            .header(ProtocolHeaders.SDK, SdkVersion.HEADER)
            .header(ProtocolHeaders.EVENT_ID_SEED, seed)
            .POST(BodyPublishers.ofByteArray(Json.encode(events)));
    options.environment().ifPresent(name -> request.header(ProtocolHeaders.ENV, name));
    options.platform().ifPresent(name -> request.header(ProtocolHeaders.PLATFORM, name));
    return attempt(request.build(), events.size(), 1);
  }

  private CompletableFuture<SendResult> sendInParts(List<EventEnvelope> events) {
    CompletableFuture<List<String>> ids = CompletableFuture.completedFuture(new ArrayList<>());
    for (int from = 0; from < events.size(); from += MAX_EVENTS) {
      List<EventEnvelope> part = events.subList(from, Math.min(from + MAX_EVENTS, events.size()));
      ids =
          ids.thenCompose(
              known ->
                  sendAsync(part)
                      .thenApply(
                          result -> {
                            known.addAll(result.ids());
                            return known;
                          }));
    }
    return ids.thenApply(SendResult::new);
  }

  private CompletableFuture<SendResult> attempt(HttpRequest request, int count, int number) {
    return ServerApi.client()
        .sendAsync(request, ReplyBody.atMost(MAX_REPLY_BYTES))
        .handle((response, failure) -> verdict(response, failure, count))
        .thenCompose(
            verdict -> {
              if (verdict.result() != null) {
                return CompletableFuture.completedFuture(verdict.result());
              }
              if (!verdict.retriable() || number >= MAX_ATTEMPTS) {
                return CompletableFuture.failedFuture(verdict.failure());
              }
              return CompletableFuture.supplyAsync(() -> request, later(number))
                  .thenCompose(again -> attempt(again, count, number + 1));
            });
  }

  private Executor later(int number) {
    long first = firstDelay.toMillis();
    long millis = (first << (number - 1)) + ThreadLocalRandom.current().nextLong(first);
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  private Verdict verdict(
      @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure, int count) {
    if (response == null) {
      return failure != null && ReplyBody.wasTooLarge(failure)
          ? notInngest(failure)
          : Verdict.failed(
              new InngestException(
                  "Cannot send events: "
                      + options.eventUrl()
                      + " cannot be reached. Is the server running?",
                  failure),
              true);
    }
    int status = response.statusCode();
    JsonNode body = ReplyBody.json(response.body());
    String error = body.path("error").asText("");
    if (status / 100 != 2 || !error.isEmpty()) {
      return Verdict.refused(status, error.isEmpty() ? "status " + status : error, options);
    }
    JsonNode ids = body.path("ids");
    if (!ids.isArray()) {
      return notInngest(null);
    }
    if (ids.size() != count) {
      return Verdict.failed(
          new InngestException(
              "The server answered with " + ids.size() + " ids for " + count + " events."),
          true);
    }
    List<String> texts = new ArrayList<>(count);
    ids.forEach(id -> texts.add(id.asText()));
    return new Verdict(new SendResult(texts), new InngestException("none"), false);
  }

  private Verdict notInngest(@Nullable Throwable failure) {
    return Verdict.failed(
        new InngestException(
            "Cannot send events: what answers at "
                + options.eventUrl()
                + " is no Inngest server. Check INNGEST_BASE_URL, or INNGEST_DEV where it is a"
                + " URL.",
            failure),
        false);
  }

  /** What one attempt came to. */
  private record Verdict(@Nullable SendResult result, InngestException failure, boolean retriable) {
    static Verdict failed(InngestException failure, boolean retriable) {
      return new Verdict(null, failure, retriable);
    }

    static Verdict refused(int status, String error, InngestOptions options) {
      String message = "The server refused the events: " + error;
      return switch (status) {
        case 400, 413 -> failed(new NonRetriableException(message), false);
        case 401, 403, 404 ->
            failed(
                new InngestException(
                    message + ". Check INNGEST_EVENT_KEY; the server is " + options.eventUrl()),
                false);
        default -> failed(new InngestException(message), true);
      };
    }
  }
}
