package dev.vibecoder.inngest.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A generator that refuses numbers that a double cannot carry: integers beyond 2^53, decimals that
 * do not come back from decimal to double to shortest decimal, NaN and the infinities.
 */
final class ExactNumbers extends JsonGeneratorDelegate {
  private static final long MAX_EXACT = 1L << 53;
  private static final BigInteger MAX_EXACT_BIG = BigInteger.valueOf(MAX_EXACT);
  private static final int ALWAYS_EXACT_DIGITS = 15;

  ExactNumbers(JsonGenerator delegate) {
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
                || new BigDecimal(Double.toString(arrives)).compareTo(value) == 0);
    if (!exact) {
      throw inexact(
          value.precision() > 100 ? "of " + value.precision() + " digits" : value.toString());
    }
    delegate.writeNumber(value);
  }

  @Override
  public void writeNumber(String encoded) throws IOException {
    writeNumber(new BigDecimal(encoded));
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

  private InexactNumberException inexact(String number) {
    Deque<String> parts = new ArrayDeque<>();
    // In an array that the number itself belongs to, the index is that of the element before.
    int ahead = 1;
    for (JsonStreamContext at = getOutputContext(); at != null; at = at.getParent()) {
      if (at.inArray()) {
        parts.addFirst("[" + (at.hasCurrentIndex() ? at.getCurrentIndex() + ahead : 0) + "]");
      } else if (at.inObject()) {
        parts.addFirst("." + at.getCurrentName());
      }
      ahead = 0;
    }
    String text = String.join("", parts);
    return new InexactNumberException(number, text.startsWith(".") ? text.substring(1) : text);
  }
}
