package dev.vibecoder.inngest.devserver.api;

import dev.vibecoder.inngest.devserver.engine.AppTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Calls apps over HTTP/1.1; redirects are followed with body and method. */
final class HttpAppTransport implements AppTransport {
  private static final Duration CALL_TIMEOUT = Duration.ofHours(2);
  private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;
  private static final int MAX_REDIRECTS = 10;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  HttpClient client() {
    return client;
  }

  @Override
  public CompletableFuture<Answer> call(Call call) {
    return call(call, call.url(), 0);
  }

  private CompletableFuture<Answer> call(Call call, URI url, int redirects) {
    HttpRequest.Builder request;
    try {
      request =
          HttpRequest.newBuilder(url)
              .timeout(CALL_TIMEOUT)
              .POST(BodyPublishers.ofByteArray(call.body()));
      call.headers().forEach(request::header);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          Answer.unreachable("The app's URL " + url + " cannot be called: " + e.getMessage()));
    }
    return Deadline.within(
            CALL_TIMEOUT,
            client.sendAsync(request.build(), info -> new LimitedBody(MAX_ANSWER_BYTES)))
        .thenCompose(response -> answer(call, response, redirects))
        .exceptionally(failure -> failed(url, failure));
  }

  private CompletableFuture<Answer> answer(
      Call call, HttpResponse<byte[]> response, int redirects) {
    if (response.statusCode() / 100 == 3 && redirects < MAX_REDIRECTS) {
      String location = response.headers().firstValue("location").orElse("");
      if (!location.isEmpty()) {
        try {
          return call(call, response.uri().resolve(location), redirects + 1);
        } catch (IllegalArgumentException malformed) {
          return CompletableFuture.completedFuture(
              Answer.unreachable("The app redirects to \"" + location + "\", which is no URL"));
        }
      }
    }
    Map<String, String> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return CompletableFuture.completedFuture(
        new Answer(response.statusCode(), headers, response.body()));
  }

  private static Answer failed(URI url, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String address = url.getScheme() + "://" + url.getAuthority();
    return cause instanceof java.net.ConnectException
        ? Answer.refused("The app at " + address + " cannot be reached. Is it running?")
        : Answer.unreachable("The connection to the app at " + address + " failed: " + cause);
  }
}
