package dev.vibecoder.inngest.devserver.api;

import dev.vibecoder.inngest.devserver.engine.Engine;
import dev.vibecoder.inngest.devserver.engine.EngineStoppedException;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests from Jetty: guards the door, reads bodies, and writes answers. */
final class ApiHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;
  private static final long BODY_TIMEOUT_SECONDS = 30;

  private final Door door;
  private final Routes routes;
  private final Engine engine;

  ApiHandler(Door door, Routes routes, Engine engine) {
    this.door = door;
    this.routes = routes;
    this.engine = engine;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(ProtocolHeaders.SERVER_KIND, "dev");
    String refusal = door.refusal(request);
    if (refusal != null) {
      write(response, callback, ApiResponse.error(403, refusal));
      return true;
    }
    String path = Request.getPathInContext(request);
    if (request.getMethod().equals("GET") && path.equals(LiveFeed.PATH)) {
      Optional<EngineStoppedException> stopped = engine.stopped();
      if (stopped.isPresent()) {
        write(response, callback, failed(stopped.get()));
        return true;
      }
      LiveFeed.start(engine, request, response, callback);
      return true;
    }
    boolean hasBody = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    CompletableFuture<byte[]> body =
        hasBody ? body(request) : CompletableFuture.completedFuture(new byte[0]);
    CompletableFuture<?> done =
        body.thenCompose(bytes -> routes.answer(request, bytes))
            .handle(
                (answer, failure) -> {
                  write(response, callback, failure == null ? answer : failed(failure));
                  return null;
                });
    done.exceptionally(
        unexpected -> {
          callback.failed(unexpected);
          return null;
        });
    return true;
  }

  private static CompletableFuture<byte[]> body(Request request) {
    long announced = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (announced > MAX_BODY_BYTES) {
      return CompletableFuture.failedFuture(tooLarge());
    }
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(
        request,
        MAX_BODY_BYTES,
        Promise.Invocable.from(
            Invocable.InvocationType.BLOCKING,
            (bytes, failure) -> {
              if (failure == null) {
                body.complete(bytes);
              } else {
                body.completeExceptionally(
                    failure instanceof IllegalStateException ? tooLarge() : failure);
              }
            }));
    return body.isDone() ? body : body.orTimeout(BODY_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private static ApiException tooLarge() {
    return new ApiException(413, "The body is larger than " + MAX_BODY_BYTES + " bytes");
  }

  private static ApiResponse failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ApiException known) {
      return known.response();
    }
    if (cause instanceof TimeoutException) {
      return ApiResponse.error(408, "The body did not arrive in time");
    }
    if (cause instanceof EngineStoppedException stopped) {
      return ApiResponse.error(503, String.valueOf(stopped.getMessage()));
    }
    LOG.error("A request could not be answered", failure);
    return ApiResponse.error(500, "The dev server failed to answer; its log says why");
  }

  private static void write(Response response, Callback callback, ApiResponse answer) {
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
