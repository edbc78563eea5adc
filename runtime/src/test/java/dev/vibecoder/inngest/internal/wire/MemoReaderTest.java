package dev.vibecoder.inngest.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.TypeRef;
import dev.vibecoder.inngest.internal.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoReaderTest {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "7",
          "-7",
          "123456789",
          "1234567890",
          "12345678901",
          "1.5",
          "1e3",
          "\"\"",
          "\"plain\"",
          "\"with \\\"escapes\\\" \\u00e9 \\n\"",
          "\"Привет 🕉️\"",
          "\"" + "long ".repeat(5_000) + "\"",
          "\"" + "ж".repeat(9_000) + "\"",
          "[]",
          "[1,2,[3]]",
          "{}",
          "{\"a\":1,\"b\":\"c\",\"d\":[true,null]}",
          "{\"text\":\"" + "x".repeat(7_990) + "\",\"after\":12345}");

  private static final List<TypeRef<?>> TYPES =
      List.of(
          TypeRef.of(String.class),
          TypeRef.of(Integer.class),
          TypeRef.of(Long.class),
          TypeRef.of(Boolean.class),
          TypeRef.of(Double.class),
          TypeRef.of(BigDecimal.class),
          TypeRef.of(JsonNode.class),
          TypeRef.of(Object.class),
          new TypeRef<List<Object>>() {},
          new TypeRef<Map<String, Object>>() {});

  private static Memo memo(String json) {
    byte[] body = ("{\"x\":" + json + ",\"y\":0}").getBytes(StandardCharsets.UTF_8);
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return new Memo(Memo.Kind.DATA, body, 5, length);
  }

  private static Object outcome(Memo memo, TypeRef<?> type, @Nullable MemoReader reader) {
    try {
      Object value =
          reader == null
              ? Json.read(memo.body(), memo.offset(), memo.length(), type)
              : reader.read(memo, type);
      return String.valueOf(value) + (value == null ? "" : value.getClass());
    } catch (IOException e) {
      return e.getClass();
    }
  }

  /** One parser for all must give what a parser for each gives, also after values that fail. */
  @Test
  void readsEveryMemoAsIfItWereTheOnlyOne() throws IOException {
    Random random = new Random(1);
    try (MemoReader reader = new MemoReader()) {
      for (int i = 0; i < 3_000; i++) {
        Memo memo = memo(VALUES.get(random.nextInt(VALUES.size())));
        TypeRef<?> type = TYPES.get(random.nextInt(TYPES.size()));
        assertThat(outcome(memo, type, reader))
            .as("%.60s as %s", new String(memo.body(), StandardCharsets.UTF_8), type)
            .isEqualTo(outcome(memo, type, null));
      }
    }
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    byte[] body = "\"a?b\"".getBytes(StandardCharsets.UTF_8);
    body[2] = (byte) 0xff;
    try (MemoReader reader = new MemoReader()) {
      Memo broken = new Memo(Memo.Kind.DATA, body, 0, body.length);
      assertThatThrownBy(() -> reader.read(broken, TypeRef.of(String.class)))
          .isInstanceOf(IOException.class);
      assertThat(reader.read(memo("\"fine\""), TypeRef.of(String.class))).isEqualTo("fine");
    }
  }
}
