package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as apps send and get it: the bytes of RFC 8785, in which every number is what an
 * IEEE double makes of it. Kept as bytes, a value has an exact size and is written again by
 * copying. Immutable.
 */
public final class Payload implements CanonicalJson.Fragment {
  /** Events carry events, so the server's own values may be deeper than what it takes. */
  private static final int MAX_DEPTH = 5_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  static final Payload NULL = new Payload("null".getBytes(StandardCharsets.US_ASCII));
  static final Payload EMPTY = new Payload("{}".getBytes(StandardCharsets.US_ASCII));

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A value.
   *
   * @param tree the value; a missing one is null
   * @return the same with its numbers as doubles
   */
  public static Payload of(JsonNode tree) {
    return tree.isNull() || tree.isMissingNode() ? NULL : new Payload(CanonicalJson.write(tree));
  }

  /**
   * How large it is.
   *
   * @return its bytes
   */
  public int size() {
    return bytes.length;
  }

  /**
   * The value to look into; parsed anew each time.
   *
   * @return a tree of the caller's own
   */
  public JsonNode tree() {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("The server cannot read what it wrote", e);
    }
  }

  /** A node that stands for the value in a larger tree; {@link EngineJson#write} copies it. */
  JsonNode node() {
    return new POJONode(this);
  }

  /** The text at a path, or empty if there is something else or nothing; nothing is kept of it. */
  Optional<String> text(List<String> path) {
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      JsonToken token = parser.nextToken();
      for (String key : path) {
        token = token == JsonToken.START_OBJECT ? member(parser, key) : null;
      }
      return token == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The server cannot read what it wrote", e);
    }
  }

  private static @Nullable JsonToken member(JsonParser parser, String key) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (name.equals(key)) {
        return token;
      }
      parser.skipChildren();
    }
    return null;
  }

  @Override
  public void appendTo(CanonicalJson writer) {
    writer.raw(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The JSON text. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
