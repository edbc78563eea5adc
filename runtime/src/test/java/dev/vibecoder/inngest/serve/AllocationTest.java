package dev.vibecoder.inngest.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.StepHash;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call takes of memory beside the bytes it came in, as soon as the code is compiled. */
class AllocationTest {
  private static final int MAX_CALLS = 20_000;

  record Result(int number, List<String> tags, String text) {}

  @ParameterizedTest
  @CsvSource({"20, 500", "100, 500", "1000, 200"})
  void aCallTakesAtMostThreeTimesItsBody(int steps, int bytes) {
    byte[] body = body(steps, bytes);
    ServeHandler handler = handler(steps);
    ServeRequest request =
        new ServeRequest(
            "POST",
            URI.create("http://localhost:3000/api/inngest?fnId=app-reads&stepId=step"),
            Map.of(),
            body);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int call = 0; call < MAX_CALLS && allocated > 3L * body.length; call++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(handler.handle(request).status()).isEqualTo(206);
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(body.length).isGreaterThan(10_000);
    assertThat(allocated).isLessThanOrEqualTo(3L * body.length);
  }

  @Test
  void whatIsMeasuredIsMeasured() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    byte[] some = new byte[100_000];
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isGreaterThan(some.length);
  }

  private static ServeHandler handler(int steps) {
    FunctionDefinition reads =
        FunctionDefinition.define("reads")
            .on("app/go")
            .handle(
                (event, step) -> {
                  int sum = 0;
                  for (int i = 0; i <= steps; i++) {
                    sum +=
                        step.run("step-" + i, Result.class, () -> new Result(1, List.of(), "new"))
                            .number();
                  }
                  return sum;
                });
    InngestOptions options =
        InngestOptions.builder().variables(Map.of()).appId("app").dev(true).build();
    return ServeHandler.of(
        Inngest.of(options), FunctionRegistry.of(List.of(reads)), "none", Clock.systemUTC());
  }

  private static byte[] body(int steps, int bytes) {
    StringBuilder stack = new StringBuilder();
    StringBuilder memos = new StringBuilder();
    for (int i = 0; i < steps; i++) {
      String hash = StepHash.of("step-" + i);
      String comma = i == 0 ? "" : ",";
      stack.append(comma).append('"').append(hash).append('"');
      String frame = "{\"number\":1,\"tags\":[\"alpha\",\"beta\"],\"text\":\"%s\"}";
      String text = "x".repeat(bytes - frame.length() + 2);
      memos.append(comma).append('"').append(hash).append("\":{\"data\":");
      memos.append(frame.formatted(text)).append('}');
    }
    String event = "{\"data\":{},\"id\":\"e\",\"name\":\"app/go\",\"ts\":1,\"user\":{}}";
    return ("{\"ctx\":{\"attempt\":0,\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\",\"stack\":"
            + ("{\"current\":" + steps + ",\"stack\":[" + stack + "]}},\"event\":" + event)
            + (",\"events\":[" + event + "],\"steps\":{" + memos + "},\"version\":2}"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
