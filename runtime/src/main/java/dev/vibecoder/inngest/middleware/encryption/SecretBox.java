package dev.vibecoder.inngest.middleware.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * What libsodium calls a secret box, XSalsa20 with Poly1305, in the format of the other SDKs:
 * base64 of nonce, authenticator and ciphertext; a key that is text is its BLAKE2b hash of 32
 * bytes.
 *
 * <p>The only class that needs Bouncy Castle, so that nobody else does.
 */
final class SecretBox implements EncryptionStrategy {
  static final String IDENTIFIER = "inngest/libsodium";

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 24;
  private static final int MAC_BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final List<byte[]> keys;

  /**
   * Encrypts with the first key and decrypts with all.
   *
   * @param keys at least one
   */
  SecretBox(List<EncryptionKey> keys) {
    this.keys = keys.stream().map(SecretBox::bytes).toList();
  }

  private static byte[] bytes(EncryptionKey key) {
    return key.text().map(SecretBox::hash).orElseGet(key::raw);
  }

  private static byte[] hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Blake2bDigest digest = new Blake2bDigest(KEY_BYTES * Byte.SIZE);
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[KEY_BYTES];
    digest.doFinal(hash, 0);
    return hash;
  }

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public String encrypt(byte[] json) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return encrypt(json, nonce);
  }

  /** Encrypts with a given nonce, which must never be used twice with one key. */
  String encrypt(byte[] json, byte[] nonce) {
    byte[] box = Arrays.copyOf(nonce, NONCE_BYTES + MAC_BYTES + json.length);
    XSalsa20Engine cipher = cipher(keys.get(0), nonce);
    Poly1305 mac = authenticator(cipher);
    cipher.processBytes(json, 0, json.length, box, NONCE_BYTES + MAC_BYTES);
    mac.update(box, NONCE_BYTES + MAC_BYTES, json.length);
    mac.doFinal(box, NONCE_BYTES);
    return Base64.getEncoder().encodeToString(box);
  }

  @Override
  public byte[] decrypt(String text) throws GeneralSecurityException {
    byte[] box;
    try {
      box = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is not base64", e);
    }
    int length = box.length - NONCE_BYTES - MAC_BYTES;
    if (length < 0) {
      throw new GeneralSecurityException("it is too short");
    }
    byte[] nonce = Arrays.copyOf(box, NONCE_BYTES);
    byte[] sent = Arrays.copyOfRange(box, NONCE_BYTES, NONCE_BYTES + MAC_BYTES);
    byte[] computed = new byte[MAC_BYTES];
    for (byte[] key : keys) {
      XSalsa20Engine cipher = cipher(key, nonce);
      Poly1305 mac = authenticator(cipher);
      mac.update(box, NONCE_BYTES + MAC_BYTES, length);
      mac.doFinal(computed, 0);
      if (MessageDigest.isEqual(sent, computed)) {
        byte[] json = new byte[length];
        cipher.processBytes(box, NONCE_BYTES + MAC_BYTES, length, json, 0);
        return json;
      }
    }
    throw new GeneralSecurityException(
        "none of the " + keys.size() + " keys fits, or it was changed on the way");
  }

  private static XSalsa20Engine cipher(byte[] key, byte[] nonce) {
    XSalsa20Engine cipher = new XSalsa20Engine();
    cipher.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    return cipher;
  }

  /** Its key is the beginning of the stream, which the message then does not use. */
  private static Poly1305 authenticator(XSalsa20Engine cipher) {
    byte[] key = new byte[KEY_BYTES];
    cipher.processBytes(key, 0, KEY_BYTES, key, 0);
    Poly1305 mac = new Poly1305();
    mac.init(new KeyParameter(key));
    return mac;
  }
}
