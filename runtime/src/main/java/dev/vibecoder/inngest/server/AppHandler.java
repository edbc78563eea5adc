package dev.vibecoder.inngest.server;

import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import dev.vibecoder.inngest.server.BodyReader.BodyRefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands requests to the {@link ServeHandler} and tells whether the app is alive. */
final class AppHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(AppHandler.class);

  private final ServeHandler handler;
  private final String servePath;
  private final byte[] health;
  private final BodyReader bodies;

  AppHandler(ServeHandler handler, String servePath, int functionCount, BodyReader bodies) {
    this.handler = handler;
    this.servePath = servePath;
    this.health =
        ("{\"status\":\"ok\",\"functions\":" + functionCount + "}")
            .getBytes(StandardCharsets.UTF_8);
    this.bodies = bodies;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (path.equals(servePath)) {
      serve(request, response, callback);
    } else if (path.equals("/health")) {
      write(response, callback, 200, health);
    } else {
      message(response, callback, 404, "Nothing is served here; the functions are at " + servePath);
    }
    return true;
  }

  private void serve(Request request, Response response, Callback callback) {
    CompletableFuture<?> done =
        bodies
            .read(request)
            .handle(
                (bytes, failure) -> {
                  if (failure == null) {
                    answer(request, response, callback, bytes);
                  } else {
                    refuse(response, callback, failure);
                  }
                  return null;
                });
    done.exceptionally(
        unexpected -> {
          // The client must get an answer, whatever happened, and nothing of what it was.
          LOG.error("A request could not be answered", unexpected);
          message(response, callback, 500, "The app failed to answer");
          return null;
        });
  }

  private void answer(Request request, Response response, Callback callback, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.putIfAbsent(field.getName(), field.getValue() == null ? "" : field.getValue());
    }
    ServeResponse answer =
        handler.handle(
            new ServeRequest(request.getMethod(), request.getHttpURI().toURI(), headers, body));
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  private void refuse(Response response, Callback callback, Throwable failure) {
    BodyRefusedException refused = bodies.refused(failure);
    // What is left of the body is not read, so the connection cannot be used again.
    response.getHeaders().put("Connection", "close");
    message(response, callback, refused.status(), String.valueOf(refused.getMessage()));
  }

  private static void message(Response response, Callback callback, int status, String message) {
    byte[] body =
        ("{\"message\":\"" + message.replace("\"", "'") + "\"}").getBytes(StandardCharsets.UTF_8);
    write(response, callback, status, body);
  }

  private static void write(Response response, Callback callback, int status, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put("Content-Type", "application/json");
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
