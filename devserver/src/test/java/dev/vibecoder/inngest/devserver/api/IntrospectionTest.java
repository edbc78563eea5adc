package dev.vibecoder.inngest.devserver.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vibecoder.inngest.devserver.DevServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IntrospectionTest {
  private HttpServer app;
  private DevServer server;

  @BeforeEach
  void start() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.start();
    server = DevServer.builder().port(0).start();
  }

  @AfterEach
  void stop() {
    server.close();
    app.stop(0);
  }

  private String introspectionOf(String path) throws IOException {
    String url = "http://localhost:" + app.getAddress().getPort() + path;
    RawHttp.answer(
        server.port(),
        "POST /fn/register",
        "{\"appName\":\"a\",\"url\":\"" + url + "\",\"functions\":[]}",
        "Host: localhost");
    return RawHttp.answer(server.port(), "GET /api/inngest", "", "Host: localhost");
  }

  @Test
  void passesOnTypeAndSdkHeadersAndFollowsRedirects() throws IOException {
    app.createContext(
        "/old",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/new");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    app.createContext(
        "/new",
        exchange -> {
          byte[] body = "привет".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
          exchange.getResponseHeaders().add("X-Inngest-Sdk", "t:v1");
          exchange.sendResponseHeaders(203, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });

    assertThat(introspectionOf("/old"))
        .contains(" 203 ", "text/plain; charset=utf-8", "t:v1", "привет")
        .containsIgnoringCase("x-inngest-sdk: t:v1");
  }

  @Test
  void answers502ForAnAppThatSendsWithoutEnd() throws IOException {
    app.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write(new byte[1 << 20]);
            }
          }
        });

    assertThat(introspectionOf("/endless")).contains(" 502 ");
  }

  @Test
  void answers502ForAnAppThatRedirectsWithoutEnd() throws IOException {
    app.createContext(
        "/loop",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/loop");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });

    assertThat(introspectionOf("/loop")).contains(" 502 ");
  }
}
