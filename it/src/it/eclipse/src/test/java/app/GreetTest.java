package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.server.InngestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class GreetTest {
  @Test
  void servesTheGeneratedFunction() throws Exception {
    Inngest client = Inngest.of(InngestOptions.builder().appId("plain").dev(true).build());
    try (InngestServer server =
        InngestServer.builder().client(client).port(0).autoSync(false).start()) {
      String call =
          "{\"ctx\":{\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\",\"attempt\":0},"
              + "\"event\":{\"name\":\"app/greeting.asked\",\"data\":{\"name\":\"Ada\"}},"
              + "\"steps\":{},\"version\":-1}";
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.url() + "?fnId=plain-greet&stepId=step"))
                      .POST(HttpRequest.BodyPublishers.ofString(call))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(206, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("\"data\":\"Hello, Ada\""), answer.body());
      assertTrue(answer.body().contains("\"displayName\":\"compose\""), answer.body());
    }
  }
}
