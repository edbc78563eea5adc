package dev.vibecoder.inngest.function;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The bounds that options share. */
final class Bounds {
  private Bounds() {}

  static void atLeast(int least, int value, String what) {
    if (value < least) {
      throw new IllegalArgumentException(what + " is at least " + least + ", not " + value + ".");
    }
  }

  static void between(Duration least, Duration value, Duration most, String what) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          what + " is " + least + " to " + most + ", not " + value + ".");
    }
  }

  static void positive(@Nullable Duration value, String what) {
    if (value != null && (value.isNegative() || value.isZero())) {
      throw new IllegalArgumentException(what + " is longer than nothing, not " + value + ".");
    }
  }
}
