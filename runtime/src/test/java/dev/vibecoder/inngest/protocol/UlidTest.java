package dev.vibecoder.inngest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UlidTest {
  @Test
  void holdsItsTimeInMilliseconds() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      Instant time = Instant.ofEpochMilli(random.nextLong(1L << 48));
      String ulid = Ulid.next(time, random);
      assertThat(ulid).hasSize(26).matches("[0-7][0-9A-HJKMNP-TV-Z]{25}");
      assertThat(Ulid.time(ulid)).contains(time);
      assertThat(Ulid.time(ulid.toLowerCase(java.util.Locale.ROOT))).contains(time);
    }
  }

  @Test
  void sortsByTime() {
    byte[] least = new byte[10];
    byte[] most = new byte[10];
    java.util.Arrays.fill(most, (byte) 0xff);
    assertThat(Ulid.of(1_000, most)).isLessThan(Ulid.of(1_001, least));
    assertThat(Ulid.of(0, least)).isEqualTo("00000000000000000000000000");
    assertThat(Ulid.of((1L << 48) - 1, most)).isEqualTo("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01JQDAE4RQF8MBCR55T5AK4KX",
        "01JQDAE4RQF8MBCR55T5AK4KXRR",
        "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "01JQDAE4RQF8MBCR55T5AK4KXI",
        "01JQDAE4RQF8MBCR55T5AK4KXſ",
        "01JQDAE4RQ-8MBCR55T5AK4KXR"
      })
  void whatIsNoUlidHasNoTime(String text) {
    assertThat(Ulid.time(text)).isEmpty();
  }

  @Test
  void refusesImpossibleParts() {
    assertThatThrownBy(() -> Ulid.of(-1, new byte[10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> Ulid.of(1L << 48, new byte[10]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ulid.of(0, new byte[9]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9");
  }
}
