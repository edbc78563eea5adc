package dev.vibecoder.inngest.it.wire;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What the function {@code fetches} has the server fetch: says which JSON it got, with which type.
 *
 * @param url where it is
 */
record EchoServer(URI url) {
  static EchoServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/echo",
        exchange -> {
          String got = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String type = exchange.getRequestHeaders().getFirst("content-type");
          byte[] answer =
              ("{\"got\":" + got + ",\"h\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", "application/json; charset=utf-8");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return new EchoServer(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/echo"));
  }
}
