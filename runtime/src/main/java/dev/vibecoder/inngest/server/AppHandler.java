package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.internal.wire.RequestHeaders;
import dev.vibecoder.inngest.serve.ServeExchange;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import dev.vibecoder.inngest.server.BodyReader.BodyRefusedException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands requests to the {@link ServeHandler} and tells whether the app is alive. */
final class AppHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(AppHandler.class);
  private static final String HEALTH_PATH = "/health";
  // A sync has the app's URL, and everybody may ask for one.
  private static final int MAX_OTHER_BODY_BYTES = 64 * 1024;

  private final ServeHandler handler;
  private final String servePath;
  private final byte[] health;
  private final int maxBodyBytes;
  private final RequestUrls urls = new RequestUrls();
  private final KnownHeaders answerHeaders = new KnownHeaders();
  private final BodyReader bodies;
  private final CallGate gate;
  private final Duration betweenBlanks;

  AppHandler(
      ServeHandler handler,
      String servePath,
      int functionCount,
      int maxBodyBytes,
      BodyReader bodies,
      CallGate gate,
      Duration betweenBlanks) {
    this.handler = handler;
    this.servePath = servePath;
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("status", "ok");
    state.put("functions", functionCount);
    this.health = Json.encode(state);
    this.maxBodyBytes = maxBodyBytes;
    this.bodies = bodies;
    this.gate = gate;
    this.betweenBlanks = betweenBlanks;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // A request for a host alone has no path.
    String path = String.valueOf(Request.getPathInContext(request));
    if (path.equals(servePath)) {
      serve(request, response, callback);
    } else if (path.equals(HEALTH_PATH)) {
      health(request, response, callback);
    } else {
      message(response, callback, 404, "Nothing is served here; the functions are at " + servePath);
    }
    return true;
  }

  private void health(Request request, Response response, Callback callback) {
    String method = request.getMethod();
    if (method.equals("GET") || method.equals("HEAD")) {
      write(response, callback, 200, health);
    } else {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      message(response, callback, 405, "Method not allowed");
    }
  }

  private void serve(Request request, Response response, Callback callback) {
    URI url = urls.of(request);
    if (url == null) {
      message(response, callback, 400, "The request's URL is malformed");
      return;
    }
    Map<String, String> headers = headers(request);
    Optional<ServeResponse> refusal = handler.refuse(request.getMethod(), headers);
    if (refusal.isPresent()) {
      // What there is of a body is not read: it could be as large as the limit.
      HttpFields fields = request.getHeaders();
      if (fields.getLongField(HttpHeader.CONTENT_LENGTH) > 0
          || fields.contains(HttpHeader.TRANSFER_ENCODING)) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      write(response, callback, refusal.get());
      return;
    }
    int maxBytes = request.getMethod().equals("POST") ? maxBodyBytes : MAX_OTHER_BODY_BYTES;
    CompletableFuture<?> done =
        bodies
            .read(request, Math.min(maxBytes, maxBodyBytes))
            .handle(
                (body, failure) -> {
                  if (failure == null) {
                    enter(
                        new ServeRequest(request.getMethod(), url, headers, body),
                        request,
                        response,
                        callback);
                  } else {
                    refuse(response, callback, failure);
                  }
                  return null;
                });
    var unused =
        done.exceptionally(
            unexpected -> {
              failed(response, callback, unexpected);
              return null;
            });
  }

  private static Map<String, String> headers(Request request) {
    HttpFields fields = request.getHeaders();
    RequestHeaders.Builder headers = RequestHeaders.builder(fields.size());
    for (HttpField field : fields) {
      headers.add(field.getName(), field.getValue() == null ? "" : field.getValue());
    }
    return headers.build();
  }

  private void enter(ServeRequest asked, Request request, Response response, Callback callback) {
    // Before it may wait: who is not the server must not keep the server's calls waiting.
    ServeExchange exchange = handler.open(asked);
    if (!exchange.runsFunction()) {
      answer(exchange, response, callback);
      return;
    }
    Runnable call =
        handler.options().streamAfter().isEmpty()
            ? () -> answer(exchange, response, callback)
            : () -> stream(exchange, request, response, callback);
    if (!gate.enter(call, exchange, asked.body().length)) {
      message(response, callback, 503, "Too many calls are waiting");
    }
  }

  private void answer(ServeExchange exchange, Response response, Callback callback) {
    try {
      write(response, callback, exchange.answer());
    } catch (RuntimeException | Error e) {
      failed(response, callback, e);
    }
  }

  private void stream(
      ServeExchange exchange, Request request, Response response, Callback callback) {
    StreamedAnswer answer =
        new StreamedAnswer(
            exchange::beginStream,
            response,
            callback,
            request.getComponents().getScheduler(),
            betweenBlanks);
    answer.beginAfter(handler.options().streamAfter().orElse(Duration.ZERO));
    answer.end(exchange.answer());
  }

  /** The client must get an answer, whatever happened, and nothing of what it was. */
  private static void failed(Response response, Callback callback, Throwable unexpected) {
    LOG.error("A request could not be answered", unexpected);
    message(response, callback, 500, "The app failed to answer");
  }

  private void refuse(Response response, Callback callback, Throwable failure) {
    BodyRefusedException refused = bodies.refused(failure);
    // What is left of the body is not read, so the connection cannot be used again.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    message(response, callback, refused.status(), String.valueOf(refused.getMessage()));
  }

  private static void message(Response response, Callback callback, int status, String message) {
    write(response, callback, status, JsonErrors.body(message));
  }

  private void write(Response response, Callback callback, ServeResponse answer) {
    response.setStatus(answer.status());
    answerHeaders.set(response.getHeaders(), answer.headers());
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  private static void write(Response response, Callback callback, int status, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JsonErrors.CONTENT_TYPE);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
