package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** JSON as the server reads and writes it: strict, limited, keys sorted, numbers as doubles. */
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
          .nodeFactory(new FiniteNumbers())
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
    try {
      return MAPPER.readTree(body);
    } catch (NumberTooLarge e) {
      throw new IOException("A number is too large: the largest is about 1.8e308", e);
    }
  }

  /**
   * Writes a tree as RFC 8785 has it: keys sorted, no blanks, numbers as IEEE doubles.
   *
   * @param tree the tree; it may hold what {@link Views} gave
   * @return the bytes
   */
  public static byte[] write(JsonNode tree) {
    return CanonicalJson.write(tree);
  }

  /** Refuses numbers that no double can carry: they would be written as no JSON at all. */
  private static final class FiniteNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public NumericNode numberNode(double value) {
      return super.numberNode(checked(value));
    }

    @Override
    public ValueNode numberNode(@Nullable BigInteger value) {
      if (value != null) {
        checked(value.doubleValue());
      }
      return super.numberNode(value);
    }

    private static double checked(double value) {
      if (Double.isInfinite(value)) {
        throw new NumberTooLarge();
      }
      return value;
    }
  }

  private static final class NumberTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
