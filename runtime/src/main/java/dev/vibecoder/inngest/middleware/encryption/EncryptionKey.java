package dev.vibecoder.inngest.middleware.encryption;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A secret that values are encrypted with. Immutable; {@link #toString()} does not show it. */
public final class EncryptionKey {
  private static final int RAW_LENGTH = 32;

  private final @Nullable String text;
  private final byte[] raw;

  private EncryptionKey(@Nullable String text, byte[] raw) {
    this.text = text;
    this.raw = raw;
  }

  /**
   * A key that is text of any length, as the other SDKs take it. It is hashed, not stretched: take
   * at least 32 random characters.
   *
   * @param text the key
   * @return the key
   * @throws IllegalArgumentException if it is empty or begins or ends with blanks, which some SDKs
   *     take away and others do not
   */
  public static EncryptionKey of(String text) {
    if (text.isEmpty() || !text.strip().equals(text)) {
      throw new IllegalArgumentException(
          "An encryption key must not be empty or begin or end with blanks or line ends, which not"
              + " all SDKs treat alike. Was it read from a file? Use strip().");
    }
    return new EncryptionKey(text, new byte[0]);
  }

  /**
   * A key that is used as it is: what the Python SDK takes as {@code bytes}, where it is written in
   * hexadecimal digits.
   *
   * @param key 32 random bytes
   * @return the key
   * @throws IllegalArgumentException if it has another length
   */
  public static EncryptionKey ofBytes(byte[] key) {
    if (key.length != RAW_LENGTH) {
      throw new IllegalArgumentException(
          "An encryption key has " + RAW_LENGTH + " bytes, not " + key.length + ".");
    }
    return new EncryptionKey(null, key.clone());
  }

  /** The text, or empty if the key is bytes. */
  Optional<String> text() {
    return Optional.ofNullable(text);
  }

  /** The bytes, none if the key is text. */
  byte[] raw() {
    return raw;
  }

  @Override
  public String toString() {
    return "EncryptionKey[***]";
  }
}
