package dev.vibecoder.inngest.benchmarks;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.function.StepDefinition;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.serve.ServeHandler;
import dev.vibecoder.inngest.serve.ServeRequest;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One call request of a function that reads every memoised step (200 bytes each) and then runs a
 * new one: from the bytes of the request to the bytes of the answer, without sockets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallRequestBenchmark {
  private static final String KEY = "signkey-test-" + "0123456789abcdef".repeat(4);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Number of memoised steps. */
  @Param({"0", "10", "100", "1000"})
  public int steps;

  /** Whether the request is signed, verified and the answer signed. */
  @Param({"false", "true"})
  public boolean signed;

  /** How the steps are named: each its own, as methods are, or one id in a loop. */
  @Param({"methods", "loop"})
  public String ids;

  private ServeHandler handler;
  private ServeRequest request;

  /** What a step returns: about 200 bytes of JSON. */
  public record Result(int number, String text, List<String> tags) {}

  /** Builds the request and the handler. */
  @Setup
  public void prepare() {
    boolean loop = ids.equals("loop");
    @SuppressWarnings({"unchecked", "rawtypes"})
    StepDefinition<Result>[] definitions = new StepDefinition[steps + 1];
    StringBuilder memos = new StringBuilder();
    StringBuilder stack = new StringBuilder();
    for (int i = 0; i <= steps; i++) {
      String id = loop ? "step" : "step-number-" + i;
      definitions[i] = StepDefinition.of(id, StepHash.of(id), TypeRef.of(Result.class));
      if (i < steps) {
        String hash = StepHash.of(loop && i > 0 ? id + ":" + i : id);
        memos.append(i == 0 ? "" : ",").append('"').append(hash).append("\":").append(memo(i));
        stack.append(i == 0 ? "" : ",").append('"').append(hash).append('"');
      }
    }
    handler = handler(definitions);
    String event = "{\"data\":{\"n\":1},\"id\":\"e\",\"name\":\"bench/go\",\"ts\":1,\"user\":{}}";
    String body =
        "{\"ctx\":{\"attempt\":0,\"disable_immediate_execution\":false,\"env\":\"\",\"fn_id\":\"f\","
            + "\"max_attempts\":5,\"run_id\":\"01M84MPWRVY58RVZDR0H3DZ9R5\",\"stack\":{\"current\":"
            + steps
            + ",\"stack\":["
            + stack
            + "]},\"step_id\":\"step\",\"use_api\":false},\"event\":"
            + event
            + ",\"events\":["
            + event
            + "],\"steps\":{"
            + memos
            + "},\"use_api\":false,\"version\":2}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        signed
            ? Map.of(
                ProtocolHeaders.SIGNATURE, RequestSignature.sign(bytes, SigningKey.parse(KEY), NOW))
            : Map.of();
    request =
        new ServeRequest(
            "POST",
            URI.create("http://localhost:3001/api/inngest?fnId=bench-all&stepId=step"),
            headers,
            bytes);
    ServeResponse response = handler.handle(request);
    if (response.status() != 206) {
      throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8));
    }
  }

  private static String memo(int number) {
    return "{\"data\":{\"number\":"
        + number
        + ",\"tags\":[\"alpha\",\"beta\",\"gamma\"],\"text\":\""
        + "durable ".repeat(16)
        + "\"}}";
  }

  private ServeHandler handler(StepDefinition<Result>[] definitions) {
    FunctionDefinition function =
        FunctionDefinition.define("all")
            .on("bench/go")
            .handle(
                (event, step) -> {
                  int sum = 0;
                  for (StepDefinition<Result> definition : definitions) {
                    sum += definition.call(() -> new Result(1, "new", List.of())).number();
                  }
                  return sum;
                });
    InngestOptions options =
        InngestOptions.builder()
            .variables(Map.of())
            .appId("bench")
            .dev(!signed)
            .signingKey(KEY)
            .build();
    return ServeHandler.of(
        Inngest.of(options),
        FunctionRegistry.of(List.of(function)),
        "none",
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** One call. */
  @Benchmark
  public ServeResponse call() {
    return handler.handle(request);
  }
}
