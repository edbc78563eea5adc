package dev.vibecoder.inngest.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity of a step on the wire: lower-case hexadecimal SHA-1 of its id (section 5.1). */
public final class StepHash {
  private static final HexFormat HEX = HexFormat.of();

  private StepHash() {}

  /**
   * Hashes the id of a step.
   *
   * @param id the id, with {@code :n} for the n-th repeat
   * @return 40 hexadecimal digits
   */
  public static String of(String id) {
    try {
      return HEX.formatHex(
          MessageDigest.getInstance("SHA-1").digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
