package dev.vibecoder.inngest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  @ParameterizedTest
  @CsvSource({
    "signkey-prod-12345678,"
        + "signkey-prod-b2ed992186a5cb19f6668aade821f502c1d00970dfd0e35128d51bac4649916c",
    "signkey-test-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,"
        + "signkey-test-4884fdaafea47c29fea7159d0daddd9c085d6200e1359e85bb81736af6b7c837",
    "12345678,b2ed992186a5cb19f6668aade821f502c1d00970dfd0e35128d51bac4649916c",
    "'  12345678\n',b2ed992186a5cb19f6668aade821f502c1d00970dfd0e35128d51bac4649916c"
  })
  void theBearerTokenIsTheHashOfTheDecodedKey(String key, String token) {
    assertThat(SigningKey.parse(key).bearerToken()).isEqualTo(token);
  }

  @Test
  void signsWithTheTextAfterThePrefix() {
    assertThat(SigningKey.parse("signkey-test-12345678").hmacKey())
        .isEqualTo("12345678".getBytes(StandardCharsets.US_ASCII));
    assertThat(SigningKey.parse("signkey-branch_1-12345678").hmacKey())
        .isEqualTo("12345678".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void isNeverPrinted() {
    SigningKey key = SigningKey.parse("signkey-test-c0ffee11");
    assertThat(key.toString()).doesNotContain("c0ffee11").doesNotContain("signkey");
  }

  /** A key that signs but has no hash would be noticed only when the app talks to the server. */
  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "signkey-test-", "signkey-test-c0ffeeq1", "c0ffee1", "секрет"})
  void whatIsNoKeyIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> SigningKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("c0ffee")
        .doesNotContain("секрет");
  }

  @Test
  void equalsByPrefixAndSecret() {
    SigningKey key = SigningKey.parse("signkey-test-12345678");
    assertThat(key)
        .isEqualTo(SigningKey.parse("signkey-test-12345678"))
        .hasSameHashCodeAs(SigningKey.parse("signkey-test-12345678"))
        .isNotEqualTo(SigningKey.parse("signkey-prod-12345678"))
        .isNotEqualTo(SigningKey.parse("signkey-test-12345679"));
  }
}
