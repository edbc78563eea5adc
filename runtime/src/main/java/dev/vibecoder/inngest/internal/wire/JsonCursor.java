package dev.vibecoder.inngest.internal.wire;

import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the bytes of a JSON text without making objects of it: values are skipped, and their
 * place in the array is known before and after. What is skipped is checked as strictly as what is
 * read.
 *
 * <p>A memoised step is most of a call request and most steps are needed late or never, so the body
 * is walked once and decoded in parts. Not safe for use by several threads.
 */
final class JsonCursor {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';
  private static final long HIGHEST_BITS = ONES << 7;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int keyStart;
  private int keyEnd;
  private @Nullable String unescapedKey;
  private int depth;

  JsonCursor(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  /** Where the next byte is read; after white space where a value begins. */
  int position() {
    return position;
  }

  /** The first byte of the next value. */
  byte peek() throws MalformedBodyException {
    skipSpace();
    if (position >= end) {
      throw malformed("the text ends too early");
    }
    return bytes[position];
  }

  void beginObject() throws MalformedBodyException {
    expect('{', "an object");
    descend();
  }

  /**
   * Goes to the next key of the object that was begun, or leaves it.
   *
   * @param first whether no key was read yet
   */
  boolean nextKey(boolean first) throws MalformedBodyException {
    byte next = peek();
    if (next == '}') {
      position++;
      depth--;
      return false;
    }
    if (!first) {
      expect(',', "a comma");
      next = peek();
    }
    if (next != '"') {
      throw malformed("a key was expected");
    }
    keyStart = position + 1;
    boolean escaped = skipString();
    keyEnd = position - 1;
    unescapedKey = escaped ? decode(keyStart - 1, keyEnd + 1) : null;
    expect(':', "a colon");
    skipSpace();
    return true;
  }

  void beginArray() throws MalformedBodyException {
    expect('[', "an array");
    descend();
  }

  /**
   * Goes to the next element of the array that was begun, or leaves it.
   *
   * @param first whether no element was read yet
   */
  boolean nextElement(boolean first) throws MalformedBodyException {
    if (peek() == ']') {
      position++;
      depth--;
      return false;
    }
    if (!first) {
      expect(',', "a comma");
      skipSpace();
    }
    return true;
  }

  /** Whether the present key stands in the text as it is, without escapes. */
  boolean isKeyPlain() {
    return unescapedKey == null;
  }

  /** Where the present key begins, after its quotation mark. */
  int keyStart() {
    return keyStart;
  }

  /** How many bytes the present key has in the text. */
  int keyLength() {
    return keyEnd - keyStart;
  }

  /** The present key. */
  String key() {
    return unescapedKey != null
        ? unescapedKey
        : new String(bytes, keyStart, keyEnd - keyStart, StandardCharsets.UTF_8);
  }

  /** Whether the present key is a given ASCII text; makes no object. */
  boolean keyIs(String text) {
    if (unescapedKey != null) {
      return unescapedKey.equals(text);
    }
    int length = text.length();
    if (keyEnd - keyStart != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[keyStart + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  String readString(String what) throws MalformedBodyException {
    if (peek() != '"') {
      throw wrong(what + " is no text");
    }
    int start = position;
    boolean escaped = skipString();
    return escaped
        ? decode(start, position)
        : new String(bytes, start + 1, position - start - 2, StandardCharsets.UTF_8);
  }

  int readCount(String what) throws MalformedBodyException {
    int count = readInt(what);
    if (count < 0) {
      throw wrong(what + " is negative");
    }
    return count;
  }

  int readInt(String what) throws MalformedBodyException {
    byte first = peek();
    int start = position;
    if (first != '-' && !isDigit(first)) {
      throw wrong(what + " is no number");
    }
    skipNumber();
    try {
      return Integer.parseInt(
          new String(bytes, start, position - start, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw wrong(what + " is no 32-bit integer");
    }
  }

  boolean readBoolean(String what) throws MalformedBodyException {
    byte first = peek();
    if (first == 't') {
      literal("true");
      return true;
    }
    if (first == 'f') {
      literal("false");
      return false;
    }
    throw wrong(what + " is neither true nor false");
  }

  /** Skips one value of any kind. */
  void skipValue() throws MalformedBodyException {
    switch (peek()) {
      case '{' -> {
        beginObject();
        for (boolean first = true; nextKey(first); first = false) {
          skipValue();
        }
      }
      case '[' -> {
        beginArray();
        for (boolean first = true; nextElement(first); first = false) {
          skipValue();
        }
      }
      case '"' -> skipString();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> skipNumber();
    }
  }

  /** Checks that nothing follows. */
  void finish() throws MalformedBodyException {
    skipSpace();
    if (position < end) {
      throw malformed("something follows the end of the value");
    }
  }

  private boolean skipString() throws MalformedBodyException {
    boolean escaped = false;
    int at = afterPlainText(position + 1);
    while (at < end) {
      byte value = bytes[at];
      if (value == '"') {
        position = at + 1;
        return escaped;
      }
      if (value == '\\') {
        escaped = true;
        at = afterEscape(at);
      } else if (value >= 0 && value < 0x20) {
        position = at;
        throw malformed("a control character stands in a text");
      } else {
        at = value < 0 ? afterCharacter(at) : afterPlainText(at + 1);
      }
    }
    position = end;
    throw malformed("a text does not end");
  }

  /**
   * Goes over text eight bytes at a time, which is most of what is skipped: to the first quotation
   * mark, backslash, control character or byte that is not ASCII, or near the end.
   */
  private int afterPlainText(int from) {
    int at = from;
    while (at <= end - Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(bytes, at);
      long quotes = eight ^ QUOTES;
      long backslashes = eight ^ BACKSLASHES;
      // A byte's highest bit is set where the byte is one of those. A borrow from a lower byte can
      // set it above, but only above a byte that is one.
      long found =
          (((quotes - ONES) & ~quotes)
                  | ((backslashes - ONES) & ~backslashes)
                  | ((eight - SPACES) & ~eight)
                  | eight)
              & HIGHEST_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    return at;
  }

  /** Goes over a character of several bytes. */
  private int afterCharacter(int at) throws MalformedBodyException {
    int first = bytes[at] & 0xff;
    // What would be a shorter character's, half a surrogate pair's or none's is no character.
    int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    boolean good = first >= 0xc2 && first <= 0xf4 && at + length <= end;
    for (int i = at + 1; good && i < at + length; i++) {
      int next = bytes[i] & 0xff;
      good = i == at + 1 ? next >= lowest && next <= highest : (next & 0xc0) == 0x80;
    }
    if (!good) {
      position = at;
      throw malformed("a text is not UTF-8");
    }
    return at + length;
  }

  private int afterEscape(int at) throws MalformedBodyException {
    byte kind = at + 1 < end ? bytes[at + 1] : 0;
    switch (kind) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 2;
      }
      case 'u' -> {
        for (int i = at + 2; i < at + 6; i++) {
          if (i >= end || Character.digit(bytes[i], 16) < 0) {
            position = at;
            throw malformed("an escape is none");
          }
        }
        return at + 6;
      }
      default -> {
        position = at;
        throw malformed("an escape is none");
      }
    }
  }

  private void skipNumber() throws MalformedBodyException {
    int start = position;
    int at = position;
    if (at < end && bytes[at] == '-') {
      at++;
    }
    int whole = at;
    at = afterDigits(at);
    boolean good = at > whole && (bytes[whole] != '0' || at == whole + 1);
    if (good && at < end && bytes[at] == '.') {
      int fraction = at + 1;
      at = afterDigits(fraction);
      good = at > fraction;
    }
    if (good && at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      int exponent = at + 1;
      if (exponent < end && (bytes[exponent] == '+' || bytes[exponent] == '-')) {
        exponent++;
      }
      at = afterDigits(exponent);
      good = at > exponent;
    }
    if (!good) {
      position = start;
      throw malformed("a value was expected");
    }
    position = at;
  }

  private int afterDigits(int from) {
    int at = from;
    while (at < end && isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private void literal(String text) throws MalformedBodyException {
    for (int i = 0; i < text.length(); i++) {
      if (position + i >= end || bytes[position + i] != text.charAt(i)) {
        throw malformed("a value was expected");
      }
    }
    position += text.length();
  }

  private void expect(char character, String what) throws MalformedBodyException {
    if (peek() != character) {
      throw malformed(what + " was expected");
    }
    position++;
  }

  private void descend() throws MalformedBodyException {
    if (++depth > Json.MAX_DEPTH) {
      throw malformed("it is nested more than " + Json.MAX_DEPTH + " deep");
    }
  }

  private void skipSpace() {
    while (position < end) {
      byte value = bytes[position];
      if (value != ' ' && value != '\n' && value != '\r' && value != '\t') {
        return;
      }
      position++;
    }
  }

  private String decode(int from, int to) throws MalformedBodyException {
    try {
      return Json.tree(bytes, from, to - from).asText();
    } catch (IOException e) {
      throw malformed("a text is not UTF-8");
    }
  }

  /** A key of the protocol that was there before: two readers could see different values. */
  MalformedBodyException twice() {
    return wrong("the key \"" + key() + "\" stands twice");
  }

  /** JSON, but not what the protocol says. */
  private MalformedBodyException wrong(String what) {
    return new MalformedBodyException("At byte " + position + " of the body " + what + ".");
  }

  private MalformedBodyException malformed(String why) {
    return new MalformedBodyException("The body is no JSON: at byte " + position + " " + why + ".");
  }
}
