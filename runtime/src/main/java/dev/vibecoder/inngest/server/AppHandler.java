package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import dev.vibecoder.inngest.server.BodyReader.BodyRefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands requests to the {@link ServeHandler} and tells whether the app is alive. */
final class AppHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(AppHandler.class);
  private static final String HEALTH_PATH = "/health";

  private final ServeHandler handler;
  private final String servePath;
  private final byte[] health;
  private final BodyReader bodies;
  private final CallGate gate;

  AppHandler(
      ServeHandler handler, String servePath, int functionCount, BodyReader bodies, CallGate gate) {
    this.handler = handler;
    this.servePath = servePath;
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("status", "ok");
    state.put("functions", functionCount);
    this.health = Json.encode(state);
    this.bodies = bodies;
    this.gate = gate;
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
    URI url = url(request);
    if (url == null) {
      message(response, callback, 400, "The request's URL is malformed");
      return;
    }
    CompletableFuture<?> done =
        bodies
            .read(request)
            .handle(
                (bytes, failure) -> {
                  if (failure == null) {
                    enter(
                        request,
                        () -> answer(request, url, bytes, response, callback),
                        response,
                        callback);
                  } else {
                    refuse(response, callback, failure);
                  }
                  return null;
                });
    done.exceptionally(
        unexpected -> {
          failed(response, callback, unexpected);
          return null;
        });
  }

  /**
   * The URL as the client wrote it, or null if that is none: what HTTP lets pass is not all one.
   */
  private static @Nullable URI url(Request request) {
    try {
      return new URI(request.getHttpURI().asString());
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  private void enter(Request request, Runnable call, Response response, Callback callback) {
    if (!request.getMethod().equals("POST")) {
      // Only calls run functions; what tells of the app must not wait behind them.
      call.run();
    } else if (!gate.enter(call)) {
      message(response, callback, 503, "Too many calls are waiting");
    }
  }

  private void answer(Request request, URI url, byte[] body, Response response, Callback callback) {
    try {
      Map<String, String> headers = new HashMap<>();
      for (HttpField field : request.getHeaders()) {
        headers.putIfAbsent(field.getName(), field.getValue() == null ? "" : field.getValue());
      }
      ServeResponse answer =
          handler.handle(new ServeRequest(request.getMethod(), url, headers, body));
      response.setStatus(answer.status());
      answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
    } catch (RuntimeException | Error e) {
      failed(response, callback, e);
    }
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

  private static void write(Response response, Callback callback, int status, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JsonErrors.CONTENT_TYPE);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
