package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpServer;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.spi.Dependencies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What annotations tell the server: each {@code registrations/<name>.java} is compiled, loaded and
 * synced by the runtime, and the functions that it sends are {@code registrations/<name>.json}.
 */
class RegistrationsTest {
  private static final Path FOLDER = Path.of("src/test/resources/registrations");
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String HEAD = "package shop;\nimport dev.vibecoder.inngest.annotation.*;\n";

  /** The events of the shop. */
  static final List<String> PAYLOADS =
      List.of(
          HEAD
              + "@InngestEvent(\"shop/order.placed\") public record Order(String orderId,\n"
              + "    String customerId, int total, boolean vip) {}",
          HEAD
              + "@InngestEvent(\"shop/order.cancelled\") public record Cancelled(\n"
              + "    String orderId, boolean hard) {}",
          HEAD + "public sealed interface Parcel permits Shipped, Lost { String parcelId(); }",
          HEAD
              + "@InngestEvent(\"shop/parcel.shipped\") public record Shipped(String parcelId)\n"
              + "    implements Parcel {}",
          HEAD
              + "@InngestEvent(\"shop/parcel.lost\") public record Lost(String parcelId, int value)\n"
              + "    implements Parcel {}");

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.replace(".java", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theServerIsToldWhatTheAnnotationsSay(String name) throws Exception {
    String source = Files.readString(FOLDER.resolve(name + ".java"));
    Compiled compiled =
        Compiled.of(
            List.of("-Xlint:all,-processing", "-Werror"),
            Stream.concat(PAYLOADS.stream(), Stream.of(source)).toArray(String[]::new));
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();

    String functions =
        MAPPER.writeValueAsString(MAPPER.readTree(synced(compiled)).get("functions")) + "\n";

    Golden.assertSame(FOLDER.resolve(name + ".json"), functions);
  }

  /** Something to run is all that the functions need. */
  private static Dependencies everything() {
    return new Dependencies() {
      @Override
      public <T> T get(Class<T> type) {
        Runnable nothing = () -> {};
        return type.cast(nothing);
      }
    };
  }

  /** What the runtime sends to a server for the functions that were compiled. */
  private static String synced(Compiled compiled) throws Exception {
    Class<?> type = compiled.load("shop.InngestFunctions");
    @SuppressWarnings("unchecked")
    List<FunctionDefinition> functions =
        (List<FunctionDefinition>)
            type.getMethod("all", Dependencies.class).invoke(null, everything());
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/fn/register",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] reply = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    server.start();
    try {
      String origin = "http://127.0.0.1:" + server.getAddress().getPort();
      InngestOptions options =
          InngestOptions.builder().variables(Map.of("INNGEST_DEV", origin)).appId("shop").build();
      ServeHandler.of(Inngest.of(options), FunctionRegistry.of(functions))
          .register(URI.create("http://app.test/api/inngest"));
      String body = bodies.poll(10, TimeUnit.SECONDS);
      assertThat(body).as("the app registers").isNotNull();
      return body;
    } finally {
      server.stop(0);
    }
  }
}
