package dev.vibecoder.inngest.middleware.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted value on the wire, as the other SDKs have it.
 *
 * @param strategy how it was encrypted, or null in values of the first versions
 * @param text the encrypted value
 */
record Envelope(@Nullable String strategy, String text) {
  private static final String MARKER = "__ENCRYPTED__";
  private static final String STRATEGY = "__STRATEGY__";
  private static final String DATA = "data";

  /** The keys of an envelope. */
  static final Set<String> KEYS = Set.of(MARKER, STRATEGY, DATA);

  /** Reads an envelope; null for every other value. */
  static @Nullable Envelope of(@Nullable JsonNode value) {
    if (value == null
        || !value.isObject()
        || !value.path(MARKER).isBoolean()
        || !value.path(MARKER).booleanValue()
        || !value.path(DATA).isTextual()) {
      return null;
    }
    JsonNode strategy = value.get(STRATEGY);
    if (strategy == null) {
      return new Envelope(null, value.get(DATA).textValue());
    }
    return strategy.isTextual()
        ? new Envelope(strategy.textValue(), value.get(DATA).textValue())
        : null;
  }

  ObjectNode write() {
    ObjectNode written = JsonNodeFactory.instance.objectNode().put(MARKER, true);
    if (strategy != null) {
      written.put(STRATEGY, strategy);
    }
    return written.put(DATA, text);
  }
}
