package dev.vibecoder.inngest.protocol;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies bodies: HMAC-SHA256 over the raw bytes followed by the decimal time stamp, in
 * the header {@code t=<unix seconds>&s=<lower-case hexadecimal>} (specification, section 4.1.3).
 */
public final class RequestSignature {
  /** How far the time stamp of a signature may lie from the present, in both directions. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_LENGTH = 64;
  private static final int MAX_TIME_DIGITS = 12;

  private RequestSignature() {}

  /**
   * Signs a body.
   *
   * @param body the bytes exactly as they are sent
   * @param key the key
   * @param time the time stamp
   * @return the value of {@link ProtocolHeaders#SIGNATURE}
   */
  public static String sign(byte[] body, SigningKey key, Instant time) {
    String seconds = Long.toString(time.getEpochSecond());
    return "t=" + seconds + "&s=" + HexFormat.of().formatHex(hmac(body, seconds, key));
  }

  /**
   * Verifies a body in constant time.
   *
   * @param header the value of {@link ProtocolHeaders#SIGNATURE}, or null if there was none
   * @param body the bytes exactly as they were received
   * @param keys the keys that are accepted, in the order they are tried
   * @param now the present
   * @return the key that made the signature, or empty if it is missing, malformed, too old, too new
   *     or made by none of the keys
   */
  public static Optional<SigningKey> verify(
      @Nullable String header, byte[] body, Collection<SigningKey> keys, Instant now) {
    if (!isPlausible(header, now)) {
      return Optional.empty();
    }
    String time = String.valueOf(part(header, "t="));
    String signature = String.valueOf(part(header, "s="));
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    for (SigningKey key : keys) {
      String expected = HexFormat.of().formatHex(hmac(body, time, key));
      if (MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), given)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a header can be a valid signature: what is not is refused before a body is read.
   *
   * @param header the value of {@link ProtocolHeaders#SIGNATURE}, or null if there was none
   * @param now the present
   * @return false if it is missing, malformed, too old or too new
   */
  public static boolean isPlausible(@Nullable String header, Instant now) {
    String time = part(header, "t=");
    String signature = part(header, "s=");
    if (time == null
        || signature == null
        || signature.length() != HEX_LENGTH
        || time.isEmpty()
        || time.length() > MAX_TIME_DIGITS
        || !time.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
    return age.compareTo(WINDOW) <= 0;
  }

  private static @Nullable String part(@Nullable String header, String name) {
    if (header == null) {
      return null;
    }
    int start = header.startsWith(name) ? 0 : header.indexOf("&" + name) + 1;
    if (start == 0 && !header.startsWith(name)) {
      return null;
    }
    int end = header.indexOf('&', start);
    return header.substring(start + name.length(), end < 0 ? header.length() : end);
  }

  private static byte[] hmac(byte[] body, String seconds, SigningKey key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.hmacKey(), ALGORITHM));
      mac.update(body);
      return mac.doFinal(seconds.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
