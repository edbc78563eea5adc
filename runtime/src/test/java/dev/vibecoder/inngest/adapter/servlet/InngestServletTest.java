package dev.vibecoder.inngest.adapter.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.StepGroups.Action;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Seen;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The servlet in a real container, over HTTP. */
class InngestServletTest {
  private static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);
  private static final String CALL = "?fnId=app-fn&stepId=step";

  private final HttpClient client = HttpClient.newHttpClient();
  private final StubApi api = StubApi.accepting();
  private final Seen<Thread> ranOn = new Seen<>();
  private @Nullable Server server;
  private URI url = URI.create("http://unknown");

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
    api.close();
  }

  private InngestServlet servlet(Map<String, String> variables) {
    return servlet(variables, () -> {});
  }

  private InngestServlet servlet(Map<String, String> variables, Action<Exception> before) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("INNGEST_APP_ID", "app");
    all.put("INNGEST_BASE_URL", api.url().toString());
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .handle(
                (event, step) -> {
                  before.run();
                  ranOn.set(Thread.currentThread());
                  return "done";
                });
    return InngestServlet.of(
        Inngest.of(InngestOptions.builder().variables(all).build()),
        FunctionRegistry.of(List.of(function)));
  }

  private void start(InngestServlet servlet) throws Exception {
    Server jetty = new Server(0);
    server = jetty;
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/api/inngest");
    jetty.setHandler(context);
    jetty.start();
    int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    url = URI.create("http://localhost:" + port + "/api/inngest");
  }

  private HttpResponse<String> send(String method, String query, byte[] body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + query))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static String sign(byte[] body) {
    return RequestSignature.sign(body, SigningKey.parse(KEY), Instant.now());
  }

  @Test
  void callsAFunction() throws Exception {
    start(servlet(Map.of("INNGEST_DEV", "1")));
    HttpResponse<String> response = send("POST", CALL, Call.first().body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("\"done\"");
    assertThat(response.headers().firstValue("X-Inngest-Framework")).contains("servlet");
    assertThat(response.headers().firstValue("X-Inngest-Req-Version")).contains("2");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void theBytesOfTheBodyAreThoseThatWereSigned() throws Exception {
    start(servlet(Map.of("INNGEST_SIGNING_KEY", KEY)));
    byte[] body =
        Call.first()
            .event("{ \"data\":{ \"t\":\"Гуру\"},\"name\":\"test/event\",  \"ts\":1.0 }")
            .body();
    HttpResponse<String> response = send("POST", CALL, body, "x-inngest-signature", sign(body));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(
            RequestSignature.verify(
                response.headers().firstValue("X-Inngest-Signature").orElse(""),
                response.body().getBytes(StandardCharsets.UTF_8),
                List.of(SigningKey.parse(KEY)),
                Instant.now()))
        .isPresent();
    HttpResponse<String> stranger = send("POST", CALL, body);
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(stranger.headers().firstValue("X-Inngest-Sdk")).isEmpty();
  }

  @Test
  void registersAtTheUrlThatWasAskedFor() throws Exception {
    start(servlet(Map.of("INNGEST_DEV", "1")));
    assertThat(send("PUT", "?deployId=d1", new byte[0]).statusCode()).isEqualTo(200);
    assertThat(api.only().json().path("url").asText()).isEqualTo(url.toString());
    assertThat(api.only().uri().getQuery()).isEqualTo("deployId=d1");
    assertThat(Trees.parse(send("GET", "", new byte[0]).body()).path("mode").asText())
        .isEqualTo("dev");
    assertThat(send("DELETE", "", new byte[0]).statusCode()).isEqualTo(405);
  }

  @Test
  void bodiesAreLimited() throws Exception {
    start(servlet(Map.of("INNGEST_DEV", "1")));
    assertThat(send("PUT", "", new byte[64 * 1024 + 1]).statusCode()).isEqualTo(413);
    assertThat(send("POST", "", new byte[8 * 1024 * 1024 + 1]).statusCode()).isEqualTo(413);
    // Of this one nobody says how long it is.
    HttpRequest chunked =
        HttpRequest.newBuilder(url)
            .PUT(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[64 * 1024 + 1])))
            .build();
    assertThat(client.send(chunked, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(413);
  }

  @Test
  void functionsRunOnTheThreadsOfAnExecutor() throws Exception {
    start(
        servlet(Map.of("INNGEST_DEV", "1")).executingOn(task -> new Thread(task, "mine").start()));
    assertThat(send("POST", CALL, Call.first().body()).body()).isEqualTo("\"done\"");
    assertThat(ranOn.get().getName()).isEqualTo("mine");
  }

  private boolean saysThatItStreams() throws Exception {
    HttpResponse<String> told =
        send("GET", "", new byte[0], "x-inngest-signature", sign(new byte[0]));
    return Trees.parse(told.body()).at("/extra/is_streaming").asBoolean();
  }

  @Test
  void withAnExecutorAnAnswerIsBegunBeforeItIsThere() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    InngestServlet servlet =
        servlet(
            Map.of("INNGEST_SIGNING_KEY", KEY, "INNGEST_STREAMING", "force"),
            () -> assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue());
    start(servlet.executingOn(task -> new Thread(task, "mine").start()));
    byte[] body = Call.first().body();
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url + CALL))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("x-inngest-signature", sign(body))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    // The head is here, and the function still waits for it.
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("X-Inngest-Sdk")).isPresent();
    begun.countDown();
    String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(text).startsWith(" ");
    JsonNode envelope = Trees.parse(text);
    assertThat(envelope.path("status").asInt()).isEqualTo(200);
    assertThat(envelope.path("body").asText()).isEqualTo("\"done\"");
    assertThat(
            RequestSignature.verify(
                envelope.at("/headers/X-Inngest-Signature").asText(),
                envelope.path("body").asText().getBytes(StandardCharsets.UTF_8),
                List.of(SigningKey.parse(KEY)),
                Instant.now()))
        .isPresent();
    assertThat(saysThatItStreams()).isTrue();
  }

  @Test
  void anAnswerThatIsThereInTimeComesInOnePiece() throws Exception {
    start(
        servlet(Map.of("INNGEST_DEV", "1", "INNGEST_STREAMING", "true"))
            .executingOn(task -> new Thread(task, "mine").start()));
    HttpResponse<String> response = send("POST", CALL, Call.first().body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("\"done\"");
  }

  @Test
  void onTheContainersThreadsNothingIsStreamedNorSaidToBe() throws Exception {
    start(servlet(Map.of("INNGEST_SIGNING_KEY", KEY, "INNGEST_STREAMING", "force")));
    byte[] body = Call.first().body();
    assertThat(send("POST", CALL, body, "x-inngest-signature", sign(body)).statusCode())
        .isEqualTo(200);
    assertThat(saysThatItStreams()).isFalse();
  }

  @Test
  void whatTheExecutorDoesNotTakeIsTriedAgainLater() throws Exception {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    start(servlet(Map.of("INNGEST_DEV", "1")).executingOn(full));
    HttpResponse<String> response = send("POST", CALL, Call.first().body());
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(Trees.parse(response.body()).path("message").asText()).isNotEmpty();
    // What runs no function needs no place.
    assertThat(send("GET", "", new byte[0]).statusCode()).isEqualTo(200);
    assertThat(send("POST", "?probe=trust", new byte[0]).statusCode()).isEqualTo(200);
  }
}
