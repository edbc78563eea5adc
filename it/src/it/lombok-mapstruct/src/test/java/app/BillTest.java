package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BillTest {
  @Test
  void whatLombokAndMapStructMakeIsThereForTheFunction() {
    ServeHandler handler =
        ServeHandler.of(
            Inngest.of(InngestOptions.builder().appId("a").dev(true).build()),
            FunctionRegistry.of(List.of(BillFunction.define(InvoiceMapper.INSTANCE))));
    String call =
        "{\"ctx\":{\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\",\"attempt\":0},"
            + "\"event\":{\"name\":\"app/order.placed\",\"data\":{\"orderId\":\"A-1\",\"quantity\":2}},"
            + "\"steps\":{},\"version\":-1}";
    ServeResponse answer =
        handler.handle(
            new ServeRequest(
                "POST",
                URI.create("http://localhost/api/inngest?fnId=a-bill&stepId=step"),
                Map.of(),
                call.getBytes(StandardCharsets.UTF_8)));
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(206, answer.status(), body);
    assertTrue(body.contains("\"orderId\":\"A-1\""), body);
    assertTrue(body.contains("\"text\":\"thank you\""), body);
  }
}
