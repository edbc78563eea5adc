package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What functions get for a step that ended.
 *
 * @param kind what the step gave
 * @param value the value itself
 */
public record Memo(Kind kind, Payload value) {
  private static final int WRAPPING = 12;

  /** What a step gave. */
  public enum Kind {
    /** A result, told as {@code {"data": value}}. */
    DATA,
    /** An error, told as {@code {"error": value}}. */
    ERROR,
    /** Nothing but that it is over, told as the value alone. */
    PLAIN
  }

  boolean failed() {
    return kind == Kind.ERROR;
  }

  JsonNode json() {
    if (kind == Kind.PLAIN) {
      return value.node();
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set(kind.name().toLowerCase(Locale.ROOT), value.node());
    return json;
  }

  int size() {
    return value.size() + WRAPPING;
  }
}
