package dev.vibecoder.inngest.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;

/**
 * A value within a body, decoded only when it is asked for.
 *
 * @param body the whole body
 * @param offset where the value begins
 * @param length how many bytes it has; 0 if there is no value
 */
public record Slice(byte[] body, int offset, int length) {
  /** Whether there is no value. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** Decodes the value. */
  public JsonNode tree() throws IOException {
    return Json.tree(body, offset, length);
  }
}
