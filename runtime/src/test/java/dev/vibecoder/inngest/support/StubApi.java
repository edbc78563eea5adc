package dev.vibecoder.inngest.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** An Inngest server as far as an app sees it: records what it is asked and answers as told. */
public final class StubApi implements AutoCloseable {
  /** What was asked. */
  public record Request(String method, URI uri, Headers headers, String body) {
    public JsonNode json() {
      return Trees.parse(body);
    }

    public String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "" : value;
    }
  }

  /** What is answered; status 0 cuts the connection instead. */
  public record Reply(int status, String body) {}

  static {
    // Without it every answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  public static final Reply CUT = new Reply(0, "");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, String> answerHeaders = new ConcurrentHashMap<>();
  private volatile Function<Request, Reply> answer;

  public StubApi(Function<Request, Reply> answer) {
    this(0, answer);
  }

  public StubApi(int port, Function<Request, Reply> answer) {
    this.answer = answer;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          Request request =
              new Request(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders(),
                  text(exchange));
          connections.add(exchange.getRemoteAddress());
          requests.add(request);
          Reply reply = this.answer.apply(request);
          answerHeaders.forEach(exchange.getResponseHeaders()::set);
          if (reply.status() != 0) {
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  /** Accepts every event and every sync. */
  public static StubApi accepting() {
    return new StubApi(StubApi::accept);
  }

  public static Reply accept(Request request) {
    if (!request.uri().getPath().startsWith("/e/")) {
      return new Reply(200, "{\"ok\":true,\"modified\":true,\"sync_id\":\"s\",\"app_id\":\"a\"}");
    }
    int count = request.json().size();
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ids.append(i == 0 ? "" : ",").append("\"id-").append(i).append('"');
    }
    return new Reply(200, "{\"ids\":[" + ids + "],\"status\":200}");
  }

  public void answer(Function<Request, Reply> newAnswer) {
    this.answer = newAnswer;
  }

  /** Has every further answer carry a header. */
  public void answerHeader(String name, String value) {
    answerHeaders.put(name, value);
  }

  /** Where connections came from. */
  public Set<InetSocketAddress> connections() {
    return connections;
  }

  private static String text(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return new String(
        (zipped ? new GZIPInputStream(body) : body).readAllBytes(), StandardCharsets.UTF_8);
  }

  public List<Request> requests() {
    return requests;
  }

  public Request only() {
    if (requests.size() != 1) {
      throw new AssertionError("Not one request but " + requests.size());
    }
    return requests.get(0);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
