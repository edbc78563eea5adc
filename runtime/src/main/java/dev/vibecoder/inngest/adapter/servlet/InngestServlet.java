package dev.vibecoder.inngest.adapter.servlet;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.serve.ServeExchange;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves an app in a servlet container, at any path; {@code /api/inngest} is usual.
 *
 * <p>Functions run on the container's thread, or on those of an executor, when the servlet must be
 * registered with asynchronous support. What the executor does not take is answered with 503, and
 * the Inngest server tries again. Only with an executor answers begin before they are there where
 * {@code INNGEST_STREAMING} says so; on the container's threads they come in one piece. Filters
 * before it must not read or change the body, over which the signature goes. Safe for use by many
 * threads.
 */
public final class InngestServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(InngestServlet.class);
  private static final String FRAMEWORK = "servlet";
  private static final Duration BETWEEN_BLANKS = Duration.ofSeconds(3);
  private static final int MAX_CALL_BYTES = 8 * 1024 * 1024;
  private static final int MAX_OTHER_BYTES = 64 * 1024;

  private final transient ServeHandler handler;
  private final transient @Nullable Executor executor;

  private InngestServlet(ServeHandler handler, @Nullable Executor executor) {
    this.handler = Objects.requireNonNull(handler, "handler");
    this.executor = executor;
  }

  /**
   * Serves functions on the container's threads.
   *
   * @param client the app's client, whose options hold
   * @param functions the app's functions
   * @return the servlet
   */
  public static InngestServlet of(Inngest client, FunctionRegistry functions) {
    return of(ServeHandler.of(client, functions, FRAMEWORK, Clock.systemUTC()));
  }

  /**
   * Serves what a handler answers on the container's threads.
   *
   * @param handler the handler
   * @return the servlet
   */
  public static InngestServlet of(ServeHandler handler) {
    return new InngestServlet(handler, null);
  }

  /**
   * This servlet, with functions running on other threads than the container's.
   *
   * @param threads runs functions; may reject some
   * @return a servlet that must be registered with asynchronous support
   */
  public InngestServlet executingOn(Executor threads) {
    return new InngestServlet(handler.streaming(), Objects.requireNonNull(threads, "threads"));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, String> headers = headers(request);
    Optional<ServeResponse> refusal = handler.refuse(request.getMethod(), headers);
    if (refusal.isPresent()) {
      write(response, refusal.get());
      return;
    }
    URI url = url(request);
    if (url == null) {
      message(response, 400, "The request's URL is malformed");
      return;
    }
    int limit = request.getMethod().equals("POST") ? MAX_CALL_BYTES : MAX_OTHER_BYTES;
    byte[] body = body(request, limit);
    if (body == null) {
      message(response, 413, "The body is larger than " + limit + " bytes.");
      return;
    }
    ServeExchange exchange =
        handler.open(new ServeRequest(request.getMethod(), url, headers, body));
    if (executor == null || !exchange.runsFunction()) {
      write(response, exchange.answer());
    } else {
      execute(executor, exchange, request, response);
    }
  }

  private void execute(
      Executor threads,
      ServeExchange exchange,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AsyncContext later = request.startAsync();
    // A function may take any time; the Inngest server gives up after two hours.
    later.setTimeout(0);
    Optional<Duration> streamAfter = handler.options().streamAfter();
    try {
      threads.execute(
          () -> {
            try {
              if (streamAfter.isPresent()) {
                new StreamedAnswer(exchange, response, BETWEEN_BLANKS).send(streamAfter.get());
              } else {
                write(response, exchange.answer());
              }
            } catch (IOException | RuntimeException gone) {
              LOG.debug("The answer could not be sent", gone);
            } finally {
              later.complete();
            }
          });
    } catch (RejectedExecutionException full) {
      message(response, 503, "Too many calls are waiting");
      later.complete();
    }
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, request.getHeader(name));
    }
    return headers;
  }

  private static @Nullable URI url(HttpServletRequest request) {
    String query = request.getQueryString();
    try {
      return new URI(request.getRequestURL() + (query == null ? "" : "?" + query));
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  private static byte @Nullable [] body(HttpServletRequest request, int limit) throws IOException {
    if (request.getContentLengthLong() > limit) {
      return null;
    }
    ServletInputStream stream = request.getInputStream();
    byte[] body = stream.readNBytes(limit);
    return body.length == limit && stream.read() >= 0 ? null : body;
  }

  static void write(HttpServletResponse response, ServeResponse answer) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  private static void message(HttpServletResponse response, int status, String text)
      throws IOException {
    byte[] body = ("{\"message\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
