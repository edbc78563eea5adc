package dev.vibecoder.inngest.internal.json;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A generator that refuses numbers that a double cannot carry: integers beyond 2^53, decimals that
 * do not come back from decimal to double to shortest decimal, NaN and the infinities. It refuses
 * texts with half of a surrogate pair as well, which UTF-8 cannot carry. What is written around it
 * as raw text is refused or read first.
 */
final class ExactValues extends JsonGeneratorDelegate {
  private static final long MAX_EXACT = 1L << 53;
  private static final BigInteger MAX_EXACT_BIG = BigInteger.valueOf(MAX_EXACT);
  private static final int ALWAYS_EXACT_DIGITS = 15;
  private static final int MAX_DIGITS = 17;

  ExactValues(JsonGenerator delegate) {
    super(delegate, false);
  }

  @Override
  public void writeNumber(long value) throws IOException {
    if (value > MAX_EXACT || value < -MAX_EXACT) {
      throw inexact(Long.toString(value));
    }
    delegate.writeNumber(value);
  }

  @Override
  public void writeNumber(BigInteger value) throws IOException {
    if (value.abs().compareTo(MAX_EXACT_BIG) > 0) {
      throw inexact(
          value.bitLength() > 256 ? "of " + value.bitLength() + " bits" : value.toString());
    }
    delegate.writeNumber(value);
  }

  @Override
  public void writeNumber(double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw inexact(Double.toString(value));
    }
    delegate.writeNumber(value);
  }

  @Override
  public void writeNumber(float value) throws IOException {
    if (!Float.isFinite(value)) {
      throw inexact(Float.toString(value));
    }
    delegate.writeNumber(value);
  }

  @Override
  public void writeNumber(BigDecimal value) throws IOException {
    double arrives = value.doubleValue();
    BigDecimal plain = value.stripTrailingZeros();
    boolean exact =
        Double.isFinite(arrives)
            && (plain.signum() == 0
                || (plain.precision() <= ALWAYS_EXACT_DIGITS
                    && Math.abs(arrives) >= Double.MIN_NORMAL)
                || shortest(arrives).compareTo(value) == 0);
    if (!exact) {
      throw inexact(
          value.precision() > 100 ? "of " + value.precision() + " digits" : value.toString());
    }
    delegate.writeNumber(value);
  }

  /**
   * The decimal that the server makes of a double: of the shortest ones that mean the same double
   * the nearest. Not {@link Double#toString}, which is not always the shortest before Java 19.
   */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      boolean belowMeansIt = below.doubleValue() == value;
      boolean aboveMeansIt = above.doubleValue() == value;
      if (belowMeansIt && aboveMeansIt) {
        return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      }
      if (belowMeansIt || aboveMeansIt) {
        return belowMeansIt ? below : above;
      }
    }
    return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
  }

  @Override
  public void writeNumber(String encoded) throws IOException {
    writeNumber(new BigDecimal(encoded));
  }

  // Raw text could be no JSON at all, and its numbers would not be checked: it is read and written.

  @Override
  public void writeRawValue(String text) throws IOException {
    try (JsonParser parser = Json.factory().createParser(text)) {
      if (parser.nextToken() == null) {
        throw new JsonGenerationException("a raw value is empty", this);
      }
      int depth = 0;
      do {
        depth += copy(parser);
      } while (depth > 0 && parser.nextToken() != null);
      if (parser.nextToken() != null) {
        throw new JsonGenerationException("something follows the end of a raw value", this);
      }
    }
  }

  private int copy(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      writeNumber(parser.getDecimalValue());
    } else {
      copyCurrentEvent(parser);
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  @Override
  public void writeRawValue(String text, int offset, int length) throws IOException {
    writeRawValue(text.substring(offset, offset + length));
  }

  @Override
  public void writeRawValue(SerializableString text) throws IOException {
    writeRawValue(text.getValue());
  }

  @Override
  public void writeRawValue(char[] text, int offset, int length) throws IOException {
    writeRawValue(new String(text, offset, length));
  }

  @Override
  public void writeRaw(String text) throws IOException {
    throw raw();
  }

  @Override
  public void writeRaw(String text, int offset, int length) throws IOException {
    throw raw();
  }

  @Override
  public void writeRaw(SerializableString raw) throws IOException {
    throw raw();
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) throws IOException {
    throw raw();
  }

  @Override
  public void writeRaw(char character) throws IOException {
    throw raw();
  }

  private JsonGenerationException raw() {
    return new JsonGenerationException(
        "a serializer writes raw text, which cannot be checked; let it write a raw value", this);
  }

  @Override
  public void writeArray(long[] array, int offset, int length) throws IOException {
    writeStartArray(array, length);
    for (int i = offset; i < offset + length; i++) {
      writeNumber(array[i]);
    }
    writeEndArray();
  }

  @Override
  public void writeArray(double[] array, int offset, int length) throws IOException {
    writeStartArray(array, length);
    for (int i = offset; i < offset + length; i++) {
      writeNumber(array[i]);
    }
    writeEndArray();
  }

  // --- texts ---

  @Override
  public void writeString(String text) throws IOException {
    if (text != null) {
      requireWhole(text);
    }
    delegate.writeString(text);
  }

  @Override
  public void writeString(char[] text, int offset, int length) throws IOException {
    requireWhole(new String(text, offset, length));
    delegate.writeString(text, offset, length);
  }

  @Override
  public void writeString(SerializableString text) throws IOException {
    requireWhole(text.getValue());
    delegate.writeString(text);
  }

  @Override
  public void writeString(Reader reader, int length) throws IOException {
    StringWriter text = new StringWriter();
    reader.transferTo(text);
    String whole = text.toString();
    writeString(length < 0 || length > whole.length() ? whole : whole.substring(0, length));
  }

  @Override
  public void writeArray(String[] array, int offset, int length) throws IOException {
    writeStartArray(array, length);
    for (int i = offset; i < offset + length; i++) {
      writeString(array[i]);
    }
    writeEndArray();
  }

  /** Names of a map; those of a class are written in another form, and are names of Java. */
  @Override
  public void writeFieldName(String name) throws IOException {
    if (!UnicodeText.isWhole(name)) {
      throw ArrivesChangedException.text(
          "the name of a value", name, path(getOutputContext().getParent(), 0));
    }
    delegate.writeFieldName(name);
  }

  private void requireWhole(String text) throws IOException {
    if (!UnicodeText.isWhole(text)) {
      throw ArrivesChangedException.text("the text", text, path(getOutputContext(), 1));
    }
  }

  // --- where a value stands ---

  private ArrivesChangedException inexact(String number) {
    // In an array that the number itself belongs to, the index is that of the element before.
    return ArrivesChangedException.number(number, path(getOutputContext(), 1));
  }

  private static String path(@Nullable JsonStreamContext from, int indexAhead) {
    Deque<String> parts = new ArrayDeque<>();
    int ahead = indexAhead;
    for (JsonStreamContext at = from; at != null; at = at.getParent()) {
      if (at.inArray()) {
        parts.addFirst("[" + (at.hasCurrentIndex() ? at.getCurrentIndex() + ahead : 0) + "]");
      } else if (at.inObject()) {
        parts.addFirst("." + at.getCurrentName());
      }
      ahead = 0;
    }
    String text = String.join("", parts);
    return text.startsWith(".") ? text.substring(1) : text;
  }
}
