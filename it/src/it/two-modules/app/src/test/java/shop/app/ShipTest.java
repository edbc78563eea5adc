package shop.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import dev.vibecoder.inngest.spi.Dependencies;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShipTest {
  @Test
  void theFunctionsOfBothJarsAreFound() {
    Set<String> ids = new TreeSet<>();
    for (FunctionDefinition function : FunctionRegistry.discover(Dependencies.none()).all()) {
      ids.add(function.id());
    }
    assertEquals(Set.of("archive", "ship"), ids);
  }

  @Test
  void theEventIsGeneratedWhereItsPayloadIsOnly() {
    assertTrue(Files.exists(Path.of("../events/target/classes/shop/events/OrderPlacedEvent.class")));
    assertFalse(Files.exists(Path.of("target/classes/shop/app/OrderPlacedEvent.class")));
  }

  @Test
  void anEventOfAnotherJarStartsTheFunction() {
    ServeHandler handler =
        ServeHandler.of(
            Inngest.of(InngestOptions.builder().appId("a").dev(true).build()),
            FunctionRegistry.discover(Dependencies.none()));
    String call =
        "{\"ctx\":{\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\",\"attempt\":0},"
            + "\"event\":{\"name\":\"shop/order.placed\",\"data\":{\"orderId\":\"A-1\"}},"
            + "\"steps\":{},\"version\":-1}";
    ServeResponse answer =
        handler.handle(
            new ServeRequest(
                "POST",
                URI.create("http://localhost/api/inngest?fnId=a-ship&stepId=step"),
                Map.of(),
                call.getBytes(StandardCharsets.UTF_8)));
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(206, answer.status(), body);
    assertTrue(body.contains("packed A-1"), body);
  }
}
