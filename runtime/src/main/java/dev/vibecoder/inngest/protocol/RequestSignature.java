package dev.vibecoder.inngest.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies bodies: HMAC-SHA256 over the raw bytes followed by the decimal time stamp, in
 * the header {@code t=<unix seconds>&s=<lower-case hexadecimal>} (specification, section 4.1.3).
 */
public final class RequestSignature {
  /** How far the time stamp of a signature may lie from the present, in both directions. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

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
    Parts parts = Parts.of(header);
    if (parts == null || !parts.isPlausible(now)) {
      return Optional.empty();
    }
    byte[] given = parts.signature.getBytes(StandardCharsets.UTF_8);
    for (SigningKey key : keys) {
      String expected = HexFormat.of().formatHex(hmac(body, parts.time, key));
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
    Parts parts = Parts.of(header);
    return parts != null && parts.isPlausible(now);
  }

  private static byte[] hmac(byte[] body, String seconds, SigningKey key) {
    Mac mac = key.mac();
    mac.update(body);
    return mac.doFinal(seconds.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * What a signature consists of.
   *
   * @param time the time stamp as it stands in the header
   * @param signature the rest, which may be no signature at all
   */
  private record Parts(String time, String signature) {
    /** Null if the header is missing or has not got both. */
    static @Nullable Parts of(@Nullable String header) {
      String time = part(header, "t=", "&t=");
      String signature = part(header, "s=", "&s=");
      return time == null || signature == null ? null : new Parts(time, signature);
    }

    private static @Nullable String part(
        @Nullable String header, String atFirst, String furtherOn) {
      if (header == null) {
        return null;
      }
      int start = header.startsWith(atFirst) ? 0 : header.indexOf(furtherOn) + 1;
      if (start == 0 && !header.startsWith(atFirst)) {
        return null;
      }
      int end = header.indexOf('&', start);
      return header.substring(start + atFirst.length(), end < 0 ? header.length() : end);
    }

    boolean isPlausible(Instant now) {
      if (signature.length() != HEX_LENGTH
          || time.isEmpty()
          || time.length() > MAX_TIME_DIGITS
          || !isNumber(time)) {
        return false;
      }
      Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
      return age.compareTo(WINDOW) <= 0;
    }

    private static boolean isNumber(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }
  }
}
