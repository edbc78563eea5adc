package dev.vibecoder.inngest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignatureTest {
  private static final SigningKey KEY = SigningKey.parse("signkey-test-12345678");
  private static final SigningKey OTHER = SigningKey.parse("signkey-test-87654321");
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L);
  private static final byte[] BODY =
      "{\"ctx\":{\"attempt\":0},\"event\":{\"name\":\"demo/hello\"}}"
          .getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE =
      "t=1700000000&s=f9d2f8784e88c2f6acd179aa3fa30b8fda5e8cce577780742da0de6f94e6b47e";

  @Test
  void signsAsTheSpecificationDoes() {
    assertThat(RequestSignature.sign(BODY, KEY, TIME)).isEqualTo(SIGNATURE);
    assertThat(RequestSignature.sign(new byte[0], KEY, TIME))
        .isEqualTo(
            "t=1700000000&s=189656184e486419febc1f6fd73e1c45bc8595c99633a32ebe1ea40ac8adf630");
  }

  @ParameterizedTest
  @CsvSource({"0,true", "300,true", "-300,true", "301,false", "-301,false", "360,false"})
  void acceptsFiveMinutesInBothDirections(long seconds, boolean accepted) {
    Instant now = TIME.plusSeconds(seconds);
    assertThat(RequestSignature.verify(SIGNATURE, BODY, List.of(KEY), now).isPresent())
        .isEqualTo(accepted);
  }

  @Test
  void tellsWhichKeyMadeIt() {
    assertThat(RequestSignature.verify(SIGNATURE, BODY, List.of(OTHER, KEY), TIME)).contains(KEY);
    assertThat(RequestSignature.verify(SIGNATURE, BODY, List.of(OTHER), TIME)).isEmpty();
    assertThat(RequestSignature.verify(SIGNATURE, BODY, List.of(), TIME)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t=1700000000",
        "s=f9d2f8784e88c2f6acd179aa3fa30b8fda5e8cce577780742da0de6f94e6b47e",
        "t=&s=f9d2f8784e88c2f6acd179aa3fa30b8fda5e8cce577780742da0de6f94e6b47e",
        "t=-1700000000&s=f9d2f8784e88c2f6acd179aa3fa30b8fda5e8cce577780742da0de6f94e6b47e",
        "t=99999999999999999999&s=f9d2f8784e88c2f6acd179aa3fa30b8fda5e8cce577780742da0de6f94e6b47e",
        "t=1700000000&s=F9D2F8784E88C2F6ACD179AA3FA30B8FDA5E8CCE577780742DA0DE6F94E6B47E",
        "t=1700000000&s=f9d2f8784e88c2f6acd179aa3fa30b8fda5e8cce577780742da0de6f94e6b47",
        "t=1700000000 &s=f9d2f8784e88c2f6acd179aa3fa30b8fda5e8cce577780742da0de6f94e6b47e",
        "nonsense&&&==="
      })
  void refusesWhatIsMalformed(String header) {
    assertThat(RequestSignature.verify(header, BODY, List.of(KEY), TIME)).isEmpty();
  }

  @Test
  void refusesAMissingSignatureAndAnotherBody() {
    assertThat(RequestSignature.verify(null, BODY, List.of(KEY), TIME)).isEmpty();
    assertThat(RequestSignature.verify(SIGNATURE, new byte[0], List.of(KEY), TIME)).isEmpty();
  }

  @Test
  void takesTheBareHexadecimalPartAsTheSameKey() {
    SigningKey bare = SigningKey.parse("12345678");
    assertThat(RequestSignature.verify(SIGNATURE, BODY, List.of(bare), TIME)).isPresent();
  }
}
