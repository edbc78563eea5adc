package dev.vibecoder.inngest.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes JSON as RFC 8785 has it: keys sorted, no blanks, numbers as doubles, nothing escaped that
 * need not be. It is what senders sign whose bodies are written anew on the way.
 */
public final class CanonicalJson {
  private static final long WHOLE = 1L << 53;
  private static final int MAX_PLAIN_DIGITS = 21;
  private static final int MAX_LEADING_ZEROS = 6;

  private final StringBuilder text;

  private CanonicalJson(int expected) {
    text = new StringBuilder(expected);
  }

  /**
   * The canonical form of a JSON text of any size.
   *
   * @return empty if it is none, has a key twice, or a number that no double can carry
   */
  public static Optional<byte[]> of(byte[] json) {
    return of(json, Integer.MAX_VALUE);
  }

  /**
   * The canonical form of a JSON text.
   *
   * @param maxTokens how many names, values, beginnings and ends it may have: each takes memory
   * @return empty if it is none, has too many parts, a key twice, or a number that no double can
   *     carry
   */
  public static Optional<byte[]> of(byte[] json, int maxTokens) {
    return maxTokens == Integer.MAX_VALUE || hasAtMost(maxTokens, json)
        ? written(json)
        : Optional.empty();
  }

  /** Read without keeping anything. */
  private static boolean hasAtMost(int maxTokens, byte[] json) {
    try (JsonParser parser = Json.parser(json, 0, json.length)) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        if (++tokens > maxTokens) {
          return false;
        }
      }
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  private static Optional<byte[]> written(byte[] json) {
    try (JsonParser parser = Json.parser(json, 0, json.length)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      JsonNode tree = Json.mapper().readTree(parser);
      if (tree == null || parser.nextToken() != null) {
        return Optional.empty();
      }
      CanonicalJson canonical = new CanonicalJson(json.length);
      canonical.node(tree);
      return Optional.of(canonical.text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  private void node(JsonNode node) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case NUMBER -> text.append(number(node));
      case STRING -> string(node.textValue());
      default -> text.append(node.asText());
    }
  }

  private void object(JsonNode node) throws IOException {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(node.properties());
    entries.sort(Map.Entry.comparingByKey());
    char before = '{';
    for (Map.Entry<String, JsonNode> entry : entries) {
      text.append(before);
      string(entry.getKey());
      text.append(':');
      node(entry.getValue());
      before = ',';
    }
    text.append(entries.isEmpty() ? "{}" : "}");
  }

  private void array(JsonNode node) throws IOException {
    char before = '[';
    for (JsonNode element : node) {
      text.append(before);
      node(element);
      before = ',';
    }
    text.append(node.isEmpty() ? "[]" : "]");
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      switch (character) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (character < 0x20) {
            text.append("\\u00").append(character < 0x10 ? '0' : '1');
            text.append(Character.forDigit(character & 15, 16));
          } else {
            text.append(character);
          }
        }
      }
    }
    text.append('"');
  }

  private static String number(JsonNode node) throws IOException {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      long whole = node.longValue();
      if (whole >= -WHOLE && whole <= WHOLE) {
        return Long.toString(whole);
      }
    }
    double value = node.doubleValue();
    if (!Double.isFinite(value)) {
      throw new IOException("No double can carry the number");
    }
    return number(value);
  }

  /** As few digits as tell the double from its neighbours, in the form of ECMAScript. */
  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) <= WHOLE) {
      return Long.toString((long) value);
    }
    String minus = value < 0 ? "-" : "";
    // Java writes two digits at least, and 4.9E-324 for what one digit tells.
    BigDecimal decimal =
        Math.abs(value) == Double.MIN_VALUE
            ? new BigDecimal("5e-324")
            : new BigDecimal(DoubleToDecimal.toString(Math.abs(value))).stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int point = digits.length() - decimal.scale();
    return minus
        + (point > MAX_PLAIN_DIGITS || point <= -MAX_LEADING_ZEROS
            ? exponential(digits, point - 1)
            : plain(digits, point));
  }

  private static String plain(String digits, int point) {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= digits.length()
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String exponential(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
  }
}
