package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON as the server reads and writes it: strict, limited, keys sorted. */
public final class EngineJson {
  private static final int MAX_DEPTH = 500;
  private static final int MAX_NUMBER_LENGTH = 400;
  private static final int MAX_STRING_LENGTH = 64 * 1024 * 1024;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxStringLength(MAX_STRING_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(com.fasterxml.jackson.databind.cfg.JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .build();

  private EngineJson() {}

  /**
   * The mapper; not to be changed.
   *
   * @return the mapper
   */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads a whole body.
   *
   * @param body the bytes
   * @return the tree, missing if the body is blank
   * @throws IOException if it is no JSON, or beyond the limits
   */
  public static JsonNode read(byte[] body) throws IOException {
    return MAPPER.readTree(body);
  }

  /**
   * Writes a tree with its keys sorted.
   *
   * @param tree the tree
   * @return the bytes
   */
  public static byte[] write(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
