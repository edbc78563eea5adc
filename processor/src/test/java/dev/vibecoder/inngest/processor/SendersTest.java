package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generated methods send the events that their names say. */
class SendersTest {
  private static final String P =
      "package app;\nimport dev.vibecoder.inngest.annotation.*;\n"
          + "@InngestEvent(value = \"a/b\", version = \"2\") public record P(String name) {}\n";

  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
  private final Compiled compiled = Compiled.of(List.of("-Xlint:all,-processing", "-Werror"), P);
  private HttpServer server;
  private Inngest client;

  @BeforeEach
  void start() throws Exception {
    assertThat(compiled.errors()).isEmpty();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/e/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          bodies.add(body);
          String ids =
              String.join(",", Collections.nCopies(body.split("a/b", -1).length - 1, "\"1\""));
          byte[] reply =
              ("{\"ids\":[" + ids + "],\"status\":200}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    server.start();
    client =
        Inngest.of(
            InngestOptions.builder()
                .variables(
                    Map.of("INNGEST_DEV", "http://127.0.0.1:" + server.getAddress().getPort()))
                .appId("app")
                .build());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anInstanceSendsWithTheClientThatItIsGiven() throws Exception {
    Class<?> type = compiled.load("app.InngestEventSender");
    Object sender = type.getConstructor(Inngest.class).newInstance(client);
    Class<?> payload = type.getClassLoader().loadClass("app.P");
    Object data = payload.getConstructor(String.class).newInstance("x");

    type.getMethod("sendBEvent", payload).invoke(sender, data);
    assertThat(sent()).contains("\"name\":\"a/b\"", "\"data\":{\"name\":\"x\"}", "\"v\":\"2\"");

    CompletableFuture<?> future =
        (CompletableFuture<?>) type.getMethod("sendBEventAsync", payload).invoke(sender, data);
    assertThat(future.get(10, TimeUnit.SECONDS)).isInstanceOf(SendResult.class);
    assertThat(sent()).contains("\"data\":{\"name\":\"x\"}");

    type.getMethod("sendBEvents", Collection.class).invoke(sender, Arrays.asList(data, data));
    assertThat(sent().split("a/b", -1)).as("both in one request").hasSize(3);
  }

  @Test
  void theStaticMethodsSendWithTheDefaultClient() throws Exception {
    Class<?> type = compiled.load("app.InngestEvents");
    Class<?> payload = type.getClassLoader().loadClass("app.P");
    try (Inngest.DefaultScope scope = Inngest.withDefault(client)) {
      type.getMethod("sendBEvent", payload)
          .invoke(null, payload.getConstructor(String.class).newInstance("y"));
    }
    assertThat(sent()).contains("\"data\":{\"name\":\"y\"}");
  }

  @Test
  void testCompilationsHaveASenderOfTheirOwn() {
    assertThat(Compiled.of(List.of("-Ainngest.test=true"), P).generatedPaths())
        .contains("app/InngestTestEvents.java", "app/InngestTestEventSender.java");
  }

  private String sent() throws InterruptedException {
    String body = bodies.poll(10, TimeUnit.SECONDS);
    assertThat(body).as("an event is sent").isNotNull();
    return body;
  }
}
