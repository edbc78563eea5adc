package dev.vibecoder.inngest.protocol;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A ULID: 48 bits of epoch milliseconds and 80 random bits, written as 26 characters of Crockford's
 * base 32. Runs, events and requests are named by them.
 */
public final class Ulid {
  /** Number of bytes of entropy in a ULID. */
  public static final int ENTROPY_BYTES = 10;

  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int LENGTH = 26;
  private static final long MAX_MILLIS = (1L << 48) - 1;

  private Ulid() {}

  /**
   * Makes a new ULID.
   *
   * @param time its time stamp, cut to milliseconds
   * @param random where its entropy comes from
   * @return 26 characters, upper case
   */
  public static String next(Instant time, RandomGenerator random) {
    byte[] entropy = new byte[ENTROPY_BYTES];
    random.nextBytes(entropy);
    return of(time.toEpochMilli(), entropy);
  }

  /**
   * Makes the ULID of a time stamp and given entropy.
   *
   * @param epochMillis 0 to 2^48 - 1
   * @param entropy exactly ten bytes
   * @return 26 characters, upper case
   */
  public static String of(long epochMillis, byte[] entropy) {
    if (epochMillis < 0 || epochMillis > MAX_MILLIS) {
      throw new IllegalArgumentException("No ULID has the time stamp " + epochMillis);
    }
    if (entropy.length != ENTROPY_BYTES) {
      throw new IllegalArgumentException("A ULID has ten bytes of entropy, not " + entropy.length);
    }
    char[] text = new char[LENGTH];
    for (int i = 9; i >= 0; i--) {
      text[i] = ALPHABET[(int) (epochMillis & 31)];
      epochMillis >>>= 5;
    }
    int position = 10;
    long bits = 0;
    int held = 0;
    for (byte value : entropy) {
      bits = (bits << 8) | (value & 0xff);
      held += 8;
      while (held >= 5) {
        held -= 5;
        text[position++] = ALPHABET[(int) (bits >>> held) & 31];
      }
    }
    return new String(text);
  }

  /**
   * Reads the time stamp of a ULID.
   *
   * @param ulid any text
   * @return its time, or empty if the text is no ULID
   */
  public static Optional<Instant> time(String ulid) {
    Objects.requireNonNull(ulid, "ulid");
    if (ulid.length() != LENGTH) {
      return Optional.empty();
    }
    long millis = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = digit(ulid.charAt(i));
      if (digit < 0 || (i == 0 && digit > 7)) {
        return Optional.empty();
      }
      if (i < 10) {
        millis = (millis << 5) | digit;
      }
    }
    return Optional.of(Instant.ofEpochMilli(millis));
  }

  private static int digit(char character) {
    char upper = character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character;
    for (int i = 0; i < ALPHABET.length; i++) {
      if (ALPHABET[i] == upper) {
        return i;
      }
    }
    return -1;
  }
}
