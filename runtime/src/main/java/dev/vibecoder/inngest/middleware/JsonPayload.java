package dev.vibecoder.inngest.middleware;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.NonRetriableException;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value on its way to or from the server, parsed or written only when it is asked for. A
 * hook that gives back the very payload that it was handed changes nothing and costs nothing.
 *
 * <p>Belongs to one call; not safe for use by several threads.
 */
public final class JsonPayload {
  private final byte @Nullable [] source;
  private final int offset;
  private final int length;
  private @Nullable JsonNode tree;

  private JsonPayload(byte @Nullable [] source, int offset, int length, @Nullable JsonNode tree) {
    this.source = source;
    this.offset = offset;
    this.length = length;
    this.tree = tree;
  }

  /**
   * A payload that is parsed already.
   *
   * @param tree the value
   * @return the payload
   */
  public static JsonPayload of(JsonNode tree) {
    return new JsonPayload(null, 0, 0, Objects.requireNonNull(tree, "tree"));
  }

  /**
   * A payload that is written already.
   *
   * @param json one JSON value in UTF-8; not to be changed afterwards
   * @return the payload
   */
  public static JsonPayload of(byte[] json) {
    return of(json, 0, json.length);
  }

  /**
   * A payload within a larger text.
   *
   * @param json the text in UTF-8; not to be changed afterwards
   * @param offset where the value begins
   * @param length how many bytes it has
   * @return the payload
   */
  public static JsonPayload of(byte[] json, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, json.length);
    return new JsonPayload(json, offset, length, null);
  }

  /**
   * The value, parsed once.
   *
   * @return the tree; not to be changed
   * @throws NonRetriableException if it is no JSON
   */
  public JsonNode tree() {
    JsonNode present = tree;
    if (present != null) {
      return present;
    }
    try {
      JsonNode parsed = Json.tree(Objects.requireNonNull(source), offset, length);
      tree = parsed;
      return parsed;
    } catch (IOException e) {
      throw new NonRetriableException("A payload cannot be read: " + Json.problem(e), e);
    }
  }

  /**
   * The value as text.
   *
   * @return UTF-8; not to be changed
   */
  public byte[] bytes() {
    if (source == null) {
      return Json.encode(tree());
    }
    return offset == 0 && length == source.length
        ? source
        : Arrays.copyOfRange(source, offset, offset + length);
  }

  /**
   * Whether the value is JSON's {@code null}, told without parsing it.
   *
   * @return true for {@code null}
   */
  public boolean isNull() {
    return source == null ? tree().isNull() : length > 0 && source[offset] == 'n';
  }

  /** The size only: payloads can be secret. */
  @Override
  public String toString() {
    return source == null ? "JsonPayload" : "JsonPayload[" + length + " bytes]";
  }
}
