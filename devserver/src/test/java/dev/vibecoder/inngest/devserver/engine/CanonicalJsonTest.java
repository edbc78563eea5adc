package dev.vibecoder.inngest.devserver.engine;

import static dev.vibecoder.inngest.devserver.engine.EngineBench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  /** What the real server made of them, and the vectors of RFC 8785, appendix B. */
  @ParameterizedTest
  @CsvSource({
    "9007199254740993, 9007199254740992",
    "-9007199254740993, -9007199254740992",
    "9223372036854775807, 9223372036854776000",
    "12345678901234567890123, 1.2345678901234568e+22",
    "1.0, 1",
    "-0.0, 0",
    "-0, 0",
    "1e30, 1e+30",
    "100, 100",
    "0.10, 0.1",
    "5e-324, 5e-324",
    "-5e-324, -5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740992, 9007199254740992",
    "295147905179352830000, 295147905179352830000",
    "9.999999999999997e22, 9.999999999999997e+22",
    "1e23, 1e+23",
    "1.0000000000000001e23, 1.0000000000000001e+23",
    "999999999999999700000, 999999999999999700000",
    "999999999999999900000, 999999999999999900000",
    "1e21, 1e+21",
    "1e20, 100000000000000000000",
    "9.999999999999997e-7, 9.999999999999997e-7",
    "0.000001, 0.000001",
    "333333333.33333325, 333333333.33333325",
    "-0.0000033333333333333333, -0.0000033333333333333333",
    "2e-3, 0.002",
    "1424953923781206.2, 1424953923781206.2",
    "2e-323, 2e-323"
  })
  void numbersAreWhatADoubleMakesOfThem(String given, String written) {
    assertThat(Payload.of(json(given))).hasToString(written);
  }

  @Test
  void everyDoubleIsReadBackAsItself() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        String text = NumberText.of(value);
        assertThat(Double.parseDouble(text)).as(text).isEqualTo(value + 0.0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e309", "{\"a\":[1e999]}"})
  void aNumberBeyondDoublesIsRefused(String text) {
    assertThatThrownBy(() -> EngineJson.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too large");
    String digits = "9".repeat(310);
    assertThatThrownBy(() -> EngineJson.read(digits.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void keysAreSortedAndNothingIsEscapedThatNeedNotBe() {
    assertThat(
            Payload.of(
                json("{\"b\":[1, {}, []],\"a\":\"\\u001F\\n\\u20ac\\/\\\"\\\\\\ud83d\\ude49\"}")))
        .hasToString("{\"a\":\"\\u001f\\n\u20ac/\\\"\\\\\ud83d\ude49\",\"b\":[1,{},[]]}");
  }

  @Test
  void halfAPairOfSurrogatesIsReplaced() {
    assertThat(Payload.of(json("\"a\\ud83d!\\ude49\""))).hasToString("\"a\ufffd!\ufffd\"");
  }

  @Test
  void findsATextWithoutATree() {
    Payload payload = Payload.of(json("{\"a\":{\"x\":[1,{\"b\":2}],\"b\":\"yes\"},\"c\":1}"));
    assertThat(payload.text(List.of("a", "b"))).contains("yes");
    assertThat(payload.text(List.of("c"))).isEqualTo(Optional.empty());
    assertThat(payload.text(List.of("a", "z"))).isEmpty();
    assertThat(payload.text(List.of("c", "z"))).isEmpty();
    assertThat(payload.text(List.of())).isEmpty();
  }
}
