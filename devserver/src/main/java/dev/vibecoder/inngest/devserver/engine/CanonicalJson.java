package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes trees as RFC 8785 has it: keys sorted, no blanks, numbers as doubles, nothing escaped that
 * need not be. A {@link Payload} within a tree is copied, which is why the state is kept as such.
 */
final class CanonicalJson {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int REPLACEMENT = 0xFFFD;
  private static final int FIRST_SIZE = 256;
  private static final long WHOLE = 1L << 53;

  private byte[] bytes;
  private int size;

  private CanonicalJson(int expected) {
    bytes = new byte[expected];
  }

  /** A value that writes itself: a part of a tree without a tree of its own. */
  @FunctionalInterface
  interface Fragment {
    void appendTo(CanonicalJson writer);
  }

  static byte[] write(JsonNode tree) {
    return write(tree, FIRST_SIZE);
  }

  /** The same for one whose size is known more or less. */
  static byte[] write(JsonNode tree, int expected) {
    CanonicalJson writer = new CanonicalJson(expected);
    writer.node(tree);
    return writer.size == writer.bytes.length
        ? writer.bytes
        : Arrays.copyOf(writer.bytes, writer.size);
  }

  void node(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case NUMBER -> ascii(number(node));
      case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
      case STRING -> text(node.textValue());
      case POJO -> value(((POJONode) node).getPojo());
      case BINARY -> text(node.asText());
      case NULL, MISSING -> ascii("null");
    }
  }

  private void value(@org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      ascii("null");
    } else if (value instanceof Fragment fragment) {
      fragment.appendTo(this);
    } else {
      text(value.toString());
    }
  }

  private void object(JsonNode node) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(node.properties());
    if (entries.size() > 1) {
      entries.sort(Map.Entry.comparingByKey());
    }
    one('{');
    for (int i = 0; i < entries.size(); i++) {
      if (i > 0) {
        one(',');
      }
      text(entries.get(i).getKey());
      one(':');
      node(entries.get(i).getValue());
    }
    one('}');
  }

  private void array(JsonNode node) {
    one('[');
    for (int i = 0; i < node.size(); i++) {
      if (i > 0) {
        one(',');
      }
      node(node.get(i));
    }
    one(']');
  }

  private static String number(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      long whole = node.longValue();
      if (whole >= -WHOLE && whole <= WHOLE) {
        return Long.toString(whole);
      }
    }
    return NumberText.of(node.doubleValue());
  }

  void text(String text) {
    int length = text.length();
    room(length + 2);
    bytes[size++] = '"';
    int plain = plain(text);
    for (int i = plain; i < length; i++) {
      char character = text.charAt(i);
      if (character < 0x80) {
        escaped(character);
      } else if (!Character.isSurrogate(character)) {
        encoded(character);
      } else if (Character.isHighSurrogate(character)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        encoded(Character.toCodePoint(character, text.charAt(++i)));
      } else {
        // Half a pair is no character; the real server replaces it as well.
        encoded(REPLACEMENT);
      }
    }
    one('"');
  }

  /** Copies as much as can be written as it is, which is most often everything; there is room. */
  private int plain(String text) {
    int length = text.length();
    int at = size;
    int i = 0;
    for (; i < length; i++) {
      char character = text.charAt(i);
      if (character < 0x20 || character >= 0x80 || character == '"' || character == '\\') {
        break;
      }
      bytes[at++] = (byte) character;
    }
    size = at;
    return i;
  }

  private void escaped(char character) {
    switch (character) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\b' -> ascii("\\b");
      case '\f' -> ascii("\\f");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        if (character < 0x20) {
          ascii("\\u00");
          one(HEX[character >> 4]);
          one(HEX[character & 15]);
        } else {
          one(character);
        }
      }
    }
  }

  private void encoded(int point) {
    if (point < 0x800) {
      one(0xC0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        one(0xE0 | (point >> 12));
      } else {
        one(0xF0 | (point >> 18));
        one(0x80 | ((point >> 12) & 0x3F));
      }
      one(0x80 | ((point >> 6) & 0x3F));
    }
    one(0x80 | (point & 0x3F));
  }

  void one(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Writes what is JSON already and has no character beyond ASCII. */
  void ascii(String text) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  void raw(byte[] part) {
    room(part.length);
    System.arraycopy(part, 0, bytes, size, part.length);
    size += part.length;
  }

  private void room(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      long doubled = Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }
}
