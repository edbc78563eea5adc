package dev.vibecoder.inngest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vibecoder.inngest.serve.ServeResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Bodies of calls: whatever is answered with success was JSON, and a call. */
class CallBodyFuzzTest {
  private static final FuzzedApp APP = FuzzedApp.dev();
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  static {
    STRICT
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNumberLength(Integer.MAX_VALUE)
                .maxNestingDepth(100_000)
                .build());
  }

  @FuzzTest(maxDuration = "20s")
  void garbageIsNoCall(byte[] body) {
    ServeResponse response = APP.call(body, Map.of());

    if (response.status() < 300) {
      assertThat(isCall(body)).as("a call was answered with %s", response.status()).isTrue();
    }
  }

  private static boolean isCall(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonNode tree = STRICT.readTree(text);
      return tree.path("event").isObject() && tree.path("ctx").path("run_id").isTextual();
    } catch (IOException e) {
      return false;
    }
  }
}
