package dev.vibecoder.inngest.middleware.encryption;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts what the first versions of the TypeScript SDK encrypted: the format of {@code openssl
 * enc} with a password, AES-256 in CBC mode with a key derived by MD5. It has no authenticator, so
 * a wrong key shows only in what comes out.
 */
final class FormerAes {
  private static final byte[] SALTED = "Salted__".getBytes(StandardCharsets.US_ASCII);
  private static final int SALT_END = SALTED.length + 8;
  private static final int KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 16;

  private final List<byte[]> passwords;

  FormerAes(List<EncryptionKey> keys) {
    this.passwords =
        keys.stream()
            .flatMap(key -> key.text().stream())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  /**
   * Decrypts a value.
   *
   * @param plausible whether a text can be what was encrypted
   */
  byte[] decrypt(String text, Predicate<byte[]> plausible) throws GeneralSecurityException {
    byte[] all;
    try {
      all = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is not base64", e);
    }
    if (all.length < SALT_END + BLOCK_BYTES
        || !Arrays.equals(all, 0, SALTED.length, SALTED, 0, SALTED.length)) {
      throw new GeneralSecurityException("it is not in the format of the former strategy");
    }
    for (byte[] password : passwords) {
      byte[] json = decrypt(all, password);
      if (json != null && isText(json) && plausible.test(json)) {
        return json;
      }
    }
    throw new GeneralSecurityException("none of the " + passwords.size() + " keys fits");
  }

  /** Gives null if the padding shows that it is the wrong key. */
  private static byte @Nullable [] decrypt(byte[] all, byte[] password)
      throws GeneralSecurityException {
    byte[] derived = derive(password, Arrays.copyOfRange(all, SALTED.length, SALT_END));
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(derived, 0, KEY_BYTES, "AES"),
        new IvParameterSpec(derived, KEY_BYTES, BLOCK_BYTES));
    try {
      return cipher.doFinal(all, SALT_END, all.length - SALT_END);
    } catch (BadPaddingException wrongKey) {
      return null;
    }
  }

  /** Key and initial vector: hashes of the hash before, password and salt, one after the other. */
  private static byte[] derive(byte[] password, byte[] salt) throws GeneralSecurityException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    byte[] derived = new byte[KEY_BYTES + BLOCK_BYTES];
    byte[] last = new byte[0];
    for (int at = 0; at < derived.length; at += last.length) {
      md5.update(last);
      md5.update(password);
      last = md5.digest(salt);
      System.arraycopy(last, 0, derived, at, last.length);
    }
    return derived;
  }

  private static boolean isText(byte[] bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.hasRemaining();
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
