package dev.vibecoder.inngest.benchmarks.load;

import dev.vibecoder.inngest.protocol.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of all benchmarks, and what a server without a library does to verify with it. */
final class Signing {
  private static final String HEX = "0123456789abcdef".repeat(4);
  static final String KEY_TEXT = "signkey-test-" + HEX;
  static final SigningKey KEY = SigningKey.parse(KEY_TEXT);

  private static final ThreadLocal<Mac> MACS =
      ThreadLocal.withInitial(
          () -> {
            try {
              Mac mac = Mac.getInstance("HmacSHA256");
              mac.init(new SecretKeySpec(HEX.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
              return mac;
            } catch (GeneralSecurityException e) {
              throw new IllegalStateException(e);
            }
          });

  private Signing() {}

  static boolean verifies(String header, byte[] body) {
    int split = header.indexOf("&s=");
    if (split < 0) {
      return false;
    }
    Mac mac = MACS.get();
    mac.update(body);
    mac.update(header.substring(2, split).getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(mac.doFinal()).equals(header.substring(split + 3));
  }
}
