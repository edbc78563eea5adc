package dev.vibecoder.inngest.middleware.encryption;

import java.security.GeneralSecurityException;

/** How values are encrypted. Must be safe for use by many threads. */
public interface EncryptionStrategy {
  /**
   * Names the strategy in every encrypted value, so that readers know how to decrypt it. It must
   * change when the format does.
   *
   * @return the name
   */
  String identifier();

  /**
   * Encrypts a value.
   *
   * @param json the value in UTF-8
   * @return any text
   */
  String encrypt(byte[] json);

  /**
   * Decrypts a value.
   *
   * @param text what {@link #encrypt} gave, in this or another process
   * @return the value in UTF-8
   * @throws GeneralSecurityException if the text is malformed, was changed, or was encrypted with a
   *     key that is not at hand
   */
  byte[] decrypt(String text) throws GeneralSecurityException;
}
