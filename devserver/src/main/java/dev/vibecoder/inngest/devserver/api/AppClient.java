package dev.vibecoder.inngest.devserver.api;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks apps what they are: redirects are followed with method, headers and body, an answer may have
 * a limited size, and everything together a limited time.
 */
final class AppClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;
  private static final int MAX_REDIRECTS = 10;

  private final HttpClient client;

  AppClient(HttpClient client) {
    this.client = client;
  }

  /** Sends a request; fails with an {@link IOException} whose message can be shown to users. */
  CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
    return send(request, 0).orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request, int redirects) {
    return Deadline.within(
            TIMEOUT, client.sendAsync(request, info -> new LimitedBody(MAX_ANSWER_BYTES)))
        .thenCompose(response -> answer(request, response, redirects));
  }

  private CompletableFuture<HttpResponse<byte[]>> answer(
      HttpRequest request, HttpResponse<byte[]> response, int redirects) {
    if (response.body().length > MAX_ANSWER_BYTES) {
      return failed("it answered with more than " + MAX_ANSWER_BYTES + " bytes");
    }
    String location = response.headers().firstValue("location").orElse("");
    if (response.statusCode() / 100 != 3 || location.isEmpty()) {
      return CompletableFuture.completedFuture(response);
    }
    if (redirects == MAX_REDIRECTS) {
      return failed("it redirects more than " + MAX_REDIRECTS + " times");
    }
    HttpRequest next;
    try {
      next =
          HttpRequest.newBuilder(request, (name, value) -> true)
              .uri(response.uri().resolve(location))
              .build();
    } catch (IllegalArgumentException e) {
      return failed("it redirects to \"" + location + "\", which is no http or https URL");
    }
    return send(next, redirects + 1);
  }

  private static CompletableFuture<HttpResponse<byte[]>> failed(String why) {
    return CompletableFuture.failedFuture(new IOException(why));
  }
}
