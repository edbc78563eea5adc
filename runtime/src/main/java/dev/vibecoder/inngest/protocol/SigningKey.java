package dev.vibecoder.inngest.protocol;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A signing key, {@code signkey-<environment>-<hexadecimal>} or the bare hexadecimal part.
 *
 * <p>Immutable. The key itself is never printed: {@link #toString()} hides it.
 */
public final class SigningKey {
  private static final Pattern PREFIX = Pattern.compile("^signkey-\\w+-");
  private static final Pattern HEXADECIMAL = Pattern.compile("(?:[0-9a-fA-F]{2})+");

  private static final String HMAC = "HmacSHA256";

  private final String prefix;
  private final String secret;
  // Made for the first signature, as that takes a while: all security providers are looked through.
  // Never used itself, so that any number of threads can copy it.
  private volatile @Nullable Mac keyed;

  private SigningKey(String prefix, String secret) {
    this.prefix = prefix;
    this.secret = secret;
  }

  private static Mac keyed(String secret) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has " + HMAC, e);
    }
  }

  /**
   * An HMAC-SHA256 with this key, which is its caller's own. Copied: to look for a provider and to
   * take in the key costs as much as to sign a small body.
   */
  Mac mac() {
    Mac original = keyed;
    if (original == null) {
      original = keyed(secret);
      keyed = original;
    }
    try {
      return (Mac) original.clone();
    } catch (CloneNotSupportedException unusual) {
      // A provider may have its secrets where they cannot be copied.
      return keyed(secret);
    }
  }

  /**
   * Reads a key.
   *
   * @param text the key as the server shows it
   * @return the key
   * @throws IllegalArgumentException if the text is empty or not hexadecimal after the prefix; the
   *     message does not repeat it
   */
  public static SigningKey parse(String text) {
    String trimmed = text.strip();
    Matcher matcher = PREFIX.matcher(trimmed);
    String prefix = matcher.find() ? matcher.group() : "";
    String secret = trimmed.substring(prefix.length());
    if (secret.isEmpty()) {
      throw new IllegalArgumentException(
          "The signing key is empty; copy it from the server, it looks like signkey-<env>-<hex>.");
    }
    if (!HEXADECIMAL.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "The signing key is not hexadecimal after its prefix; copy it again from the server.");
    }
    return new SigningKey(prefix, secret);
  }

  /**
   * The bytes that sign requests: the text after the prefix, as ASCII, not decoded (specification,
   * section 4.1.3).
   *
   * @return a new array
   */
  byte[] hmacKey() {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The token for the server's own API: the prefix and the SHA-256 of the decoded key.
   *
   * @return the token, to be sent as {@code Authorization: Bearer <token>}
   */
  public String bearerToken() {
    return prefix + hash();
  }

  /**
   * The hexadecimal SHA-256 of the decoded key, which may be shown.
   *
   * @return 64 hexadecimal digits
   */
  public String hash() {
    byte[] decoded = HexFormat.of().parseHex(secret);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(decoded));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigningKey that
        && MessageDigest.isEqual(hmacKey(), that.hmacKey())
        && prefix.equals(that.prefix);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prefix, secret);
  }

  @Override
  public String toString() {
    return "SigningKey[hidden]";
  }
}
