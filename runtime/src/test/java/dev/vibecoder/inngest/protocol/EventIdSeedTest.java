package dev.vibecoder.inngest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdSeedTest {
  @Test
  void derivesTheIdsThatTheServerDerives() {
    EventIdSeed seed = EventIdSeed.parse("1743130137367,eii2YKXRVTJPuA==").orElseThrow();
    assertThat(seed.id(0)).isEqualTo("01JQDAE4RQF8MBCR55T5AK4KXR");
    assertThat(seed.id(1)).isEqualTo("01JQDAE4RQF8MBCR55T5AK4KXS");
    assertThat(seed.id(2)).isEqualTo("01JQDAE4RQF8MBCR55T5AK4KXT");
  }

  @Test
  void isReadBackAsItWasWritten() {
    EventIdSeed seed = EventIdSeed.next(Instant.ofEpochMilli(1_743_130_137_367L), new Random(7));
    EventIdSeed read = EventIdSeed.parse(seed.toString()).orElseThrow();
    assertThat(read.toString()).isEqualTo(seed.toString()).startsWith("1743130137367,");
    assertThat(read.id(4_999)).isEqualTo(seed.id(4_999));
    assertThat(Ulid.time(seed.id(3))).contains(Instant.ofEpochMilli(1_743_130_137_367L));
  }

  @Test
  void theCounterWrapsAroundLikeAnUnsignedNumber() {
    EventIdSeed seed = EventIdSeed.parse("0,AAAAAAAA/////w==").orElseThrow();
    assertThat(seed.id(0)).isEqualTo("00000000000000000003ZZZZZZ");
    assertThat(seed.id(1)).isEqualTo("00000000000000000000000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "1743130137367",
        "1743130137367,",
        ",eii2YKXRVTJPuA==",
        "x,eii2YKXRVTJPuA==",
        "-1,eii2YKXRVTJPuA==",
        "281474976710656,eii2YKXRVTJPuA==",
        "1743130137367,eii2YKXRVTJP",
        "1743130137367,***",
        "1743130137367,eii2YKXRVTJPuA==,x"
      })
  void whatIsMalformedIsIgnored(String header) {
    assertThat(EventIdSeed.parse(header)).isEmpty();
  }
}
