package dev.vibecoder.inngest.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What the bare servers answer: about as much as a call that ran one step. */
final class BareAnswer {
  private static final byte[] STEP =
      ("[{\"id\":\"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8\",\"op\":\"StepRun\",\"name\":\"step-0\","
              + "\"displayName\":\"step-0\",\"userland\":{\"id\":\"step-0\"},\"data\":{\"number\":0,"
              + "\"tags\":[\"alpha\",\"beta\"],\"text\":\"new\"},"
              + "\"timing\":{\"a\":1795452269526000000,\"b\":0}}]")
          .getBytes(StandardCharsets.US_ASCII);

  private BareAnswer() {}

  static byte[] to(JsonNode call) {
    if (call.path("ctx").path("run_id").asText().isEmpty()) {
      throw new IllegalArgumentException("no call");
    }
    return STEP;
  }
}
