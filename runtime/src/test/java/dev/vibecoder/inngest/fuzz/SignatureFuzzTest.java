package dev.vibecoder.inngest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vibecoder.inngest.protocol.ProtocolHeaders;
import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import java.util.List;
import java.util.Map;

/** Signatures: nothing verifies but what the key's holder signed. */
class SignatureFuzzTest {
  private static final FuzzedApp APP = FuzzedApp.cloud();
  private static final SigningKey KEY = SigningKey.parse(FuzzedApp.KEY);

  @FuzzTest(maxDuration = "20s")
  void nothingVerifiesThatWasNotSigned(FuzzedDataProvider data) {
    String header = data.consumeString(200);
    byte[] body = data.consumeRemainingAsBytes();

    boolean verified =
        RequestSignature.verify(header, body, List.of(KEY), FuzzedApp.NOW).isPresent();

    assertThat(verified).as("verified %s", header).isFalse();
    assertThat(APP.call(body, Map.of(ProtocolHeaders.SIGNATURE, header)).status()).isEqualTo(401);
  }
}
