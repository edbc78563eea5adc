package dev.vibecoder.inngest.devserver.engine;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as RFC 8785 writes them: as few digits as tell the double from its neighbours. */
final class NumberText {
  /** Up to here every whole number is a double, and its digits are the shortest text. */
  private static final double WHOLE = 9_007_199_254_740_992d;

  private static final int MAX_PLAIN_DIGITS = 21;
  private static final int MAX_LEADING_ZEROS = 6;

  private NumberText() {}

  static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("JSON has no number for " + value);
    }
    if (value == Math.rint(value) && Math.abs(value) <= WHOLE) {
      return Long.toString((long) value);
    }
    BigDecimal decimal = shortest(Math.abs(value));
    String digits = decimal.unscaledValue().toString();
    int point = digits.length() - decimal.scale();
    String text =
        point > MAX_PLAIN_DIGITS || point <= -MAX_LEADING_ZEROS
            ? exponential(digits, point - 1)
            : plain(digits, point);
    return value < 0 ? "-" + text : text;
  }

  /** Java asks for two digits at least; one is enough for {@code 5e-324}. */
  private static BigDecimal shortest(double value) {
    BigDecimal decimal = new BigDecimal(DoubleToDecimal.toString(value)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      BigDecimal one =
          decimal.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
      return one.doubleValue() == value ? one : decimal;
    }
    return decimal;
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
