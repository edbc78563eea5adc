package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.protocol.RequestSignature;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.spec.SpecApp.Answer;
import dev.vibecoder.inngest.support.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4.1.3: which requests are believed to come from the server. */
class Spec4_1_3SignaturesTest {
  private static final List<SigningKey> VECTOR_KEY =
      List.of(SigningKey.parse("signkey-test-12345678"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ctx\":{\"attempt\":0},\"event\":{\"name\":\"demo/hello\"}}"
            + "|f9d2f8784e88c2f6acd179aa3fa30b8fda5e8cce577780742da0de6f94e6b47e",
        "''|189656184e486419febc1f6fd73e1c45bc8595c99633a32ebe1ea40ac8adf630"
      })
  void theVectorsOfTheProtocol(String body, String hash) {
    Instant time = Instant.ofEpochSecond(1_700_000_000L);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(RequestSignature.sign(bytes, VECTOR_KEY.get(0), time))
        .isEqualTo("t=1700000000&s=" + hash);
    assertThat(RequestSignature.verify("t=1700000000&s=" + hash, bytes, VECTOR_KEY, time))
        .isPresent();
    assertThat(
            RequestSignature.verify(
                "t=1700000000&s=" + hash.toUpperCase(Locale.ROOT), bytes, VECTOR_KEY, time))
        .isEmpty();
  }

  @Test
  void inDevModeNothingIsVerifiedAndNothingSigned() {
    try (SpecApp app = SpecApp.dev().with("INNGEST_SIGNING_KEY", SpecApp.KEY)) {
      for (Map<String, String> headers :
          List.of(Map.<String, String>of(), Map.of("x-inngest-signature", "t=1&s=00"))) {
        Answer answer = app.send("POST", SpecApp.CALL, Call.first().body(), headers);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("X-Inngest-Signature")).isEmpty();
      }
    }
  }

  @Test
  void theServerKindOfARequestNeverSwitchesVerificationOff() {
    try (SpecApp app = SpecApp.cloud()) {
      assertThat(
              app.send(
                      "POST",
                      SpecApp.CALL,
                      Call.first().body(),
                      Map.of("X-Inngest-Server-Kind", "dev"))
                  .status())
          .isEqualTo(401);
    }
  }

  @Test
  void bothKeysAreGoodAndTheAnswerIsSignedWithTheOneThatWasUsed() {
    try (SpecApp app = SpecApp.cloud()) {
      for (String key : List.of(SpecApp.KEY, SpecApp.FALLBACK)) {
        Answer answer = app.signed(key, "POST", SpecApp.CALL, Call.first().body(), Map.of());
        assertThat(answer.status()).isEqualTo(206);
        assertThat(app.isSigned(answer, key)).isTrue();
      }
      assertThat(
              app.signed(
                      "signkey-test-12345678", "POST", SpecApp.CALL, Call.first().body(), Map.of())
                  .status())
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({"-301,401", "-300,206", "0,206", "300,206", "301,401"})
  void aSignatureIsGoodForFiveMinutes(long age, int status) {
    try (SpecApp app = SpecApp.cloud()) {
      byte[] body = Call.first().body();
      String signature =
          RequestSignature.sign(
              body, SigningKey.parse(SpecApp.KEY), app.clock.instant().minusSeconds(age));
      assertThat(
              app.send("POST", SpecApp.CALL, body, Map.of("X-Inngest-Signature", signature))
                  .status())
          .isEqualTo(status);
    }
  }

  // --- bodies that were written anew on the way ---

  private static Answer signedAs(SpecApp app, String canonical, String sent) {
    String signature =
        RequestSignature.sign(
            SpecApp.bytes(canonical), SigningKey.parse(SpecApp.KEY), app.clock.instant());
    return app.send(
        "POST", "?probe=trust", SpecApp.bytes(sent), Map.of("x-inngest-signature", signature));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2}|{ \"b\" : 2,  \"a\":1.0 }",
        "{\"a\":[1e+30,0.000001,1e-7,4.5,-1,0]}|{\"a\":[1E30,1e-6,0.0000001,4.50,-1,-0]}",
        "{\"a\":\"\u0441\"}|{\"a\":\"\\u0441\"}",
        "{\"a\":\"/\\n\\u0001\\\"\"}|{\"a\":\"\\/\\u000a\\u0001\\u0022\"}",
        "[5e-324,1.7976931348623157e+308,9007199254740992]|[5e-324,1.7976931348623157E308,9007199254740993]",
        "{\"\":[],\"z\":{}}|{\"z\":{ },\"\":[ ]}"
      })
  void aSignatureOverTheCanonicalBodyIsGoodAsWell(String canonical, String sent) {
    try (SpecApp app = SpecApp.cloud()) {
      assertThat(signedAs(app, canonical, sent).status()).isEqualTo(200);
      assertThat(signedAs(app, canonical, canonical).status()).isEqualTo(200);
      assertThat(signedAs(app, canonical + " ", sent).status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":2} x",
        "{\"a\":2",
        "{\"a\":1e400}",
        "nonsense"
      })
  void aBodyThatTwoReadersCouldReadDifferentlyHasNoCanonicalForm(String sent) {
    try (SpecApp app = SpecApp.cloud()) {
      for (String canonical : List.of("{\"a\":1}", "{\"a\":2}", "{}", "")) {
        assertThat(signedAs(app, canonical, sent).status()).isEqualTo(401);
      }
    }
  }
}
