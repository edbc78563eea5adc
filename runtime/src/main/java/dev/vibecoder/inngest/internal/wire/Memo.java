package dev.vibecoder.inngest.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;

/**
 * What the server remembers of a step: a slice of the body, decoded only when it is asked for.
 *
 * @param kind its form
 * @param body the whole body
 * @param offset where the value begins
 * @param length how many bytes it has
 */
public record Memo(Kind kind, byte[] body, int offset, int length) {
  /** The forms of a memo (protocol, steps, section 4). */
  public enum Kind {
    /** {@code {"data": value}}: the slice is the value. */
    DATA,
    /** {@code {"error": object}}: the slice is the object. */
    ERROR,
    /** {@code {"input": [...]}}: the step is not done yet. */
    INPUT,
    /** Anything else: the slice is all of it. */
    RAW
  }

  /** Whether the step is done. */
  public boolean fulfilled() {
    return kind != Kind.INPUT;
  }

  /** Decodes the slice as a tree. */
  public JsonNode tree() throws IOException {
    return Json.tree(body, offset, length);
  }
}
