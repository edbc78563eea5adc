package dev.vibecoder.inngest.it.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vibecoder.inngest.protocol.StepHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an app asks of an Inngest server: it accepts events and signals, and remembers {@code big}.
 */
final class StubServer implements AutoCloseable {
  private final HttpServer server;

  private StubServer(HttpServer server) {
    this.server = server;
  }

  static StubServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StubServer stub = new StubServer(server);
    server.createContext(
        "/e/",
        exchange -> {
          int events = Recordings.JSON.readTree(exchange.getRequestBody()).size();
          String ids =
              IntStream.range(0, events).mapToObj(i -> "\"id\"").collect(Collectors.joining(","));
          reply(exchange, "{\"ids\":[" + ids + "],\"status\":200}");
        });
    server.createContext(
        "/v1/signals", exchange -> reply(exchange, "{\"data\":{\"run_id\":\"r\"}}"));
    server.createContext(
        "/v0/runs/",
        exchange ->
            reply(
                exchange,
                exchange.getRequestURI().getPath().endsWith("/batch")
                    ? "[{\"name\":\"rec/big\",\"data\":{}}]"
                    : chunks()));
    server.start();
    return stub;
  }

  private static String chunks() {
    return IntStream.range(0, 11)
        .mapToObj(i -> StepHash.of(i == 0 ? "chunk" : "chunk:" + i))
        .map(hash -> "\"" + hash + "\":{\"data\":\"" + "x".repeat(450_000) + "\"}")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static void reply(HttpExchange exchange, String json) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] reply = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, reply.length);
    exchange.getResponseBody().write(reply);
    exchange.close();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
