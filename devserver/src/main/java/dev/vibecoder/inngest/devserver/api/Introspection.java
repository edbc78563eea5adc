package dev.vibecoder.inngest.devserver.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an app what it is and passes on what it answers. */
final class Introspection {
  private static final Logger LOG = LoggerFactory.getLogger(Introspection.class);
  private static final String SDK_HEADERS = "x-inngest-";

  private final AppClient client;

  Introspection(AppClient client) {
    this.client = client;
  }

  /** The app's answer, or 502 with the reason why there is none. */
  CompletableFuture<ApiResponse> of(String url) {
    HttpRequest request;
    try {
      request = HttpRequest.newBuilder(URI.create(url)).GET().build();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          ApiResponse.error(502, "The app's URL " + url + " cannot be called"));
    }
    return client
        .send(request)
        .handle(
            (response, failure) -> {
              if (failure == null) {
                return passedOn(response);
              }
              LOG.debug("The app at {} was not introspected", url, failure);
              return ApiResponse.error(502, "The app at " + url + " gives no answer");
            });
  }

  private static ApiResponse passedOn(HttpResponse<byte[]> response) {
    Map<String, String> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (name.toLowerCase(Locale.ROOT).startsWith(SDK_HEADERS)) {
                headers.put(name, values.get(0));
              }
            });
    String type = response.headers().firstValue("content-type").orElse("application/json");
    return new ApiResponse(response.statusCode(), type, response.body(), headers);
  }
}
