package dev.vibecoder.inngest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepHashTest {
  @ParameterizedTest
  @CsvSource({
    "my-step-id,e7d8a2f140845095749d60246ff1110c9d01d76a",
    "my-step-id:1,f47c6228c581af870aa285200cf95ec3ac59bb6a",
    "my-step-id:2,5fdb32cd3e6e3d62fa480ac2ad526b79c2682845",
    "first-step,efec2b2037910199abcc3c58998255afa3066709",
    "complete,0737c22d3bfae812339732d14d8c7dbd6dc4e09c",
    "Привет 🕉️,0bad7f51b1705438609359f7a1114d6c0aa1e6c6",
    "again,aaa4d5f872bec4294f62c580c9e7ba18717a455b"
  })
  void isTheSpecificationsHash(String id, String hash) {
    assertThat(StepHash.of(id)).isEqualTo(hash);
  }
}
