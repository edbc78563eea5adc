package dev.vibecoder.inngest.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoTableTest {
  private static MemoTable read(String stack, String steps) throws MalformedBodyException {
    String body =
        "{\"ctx\":{\"run_id\":\"r\",\"stack\":{\"stack\":"
            + stack
            + "}},\"event\":{},\"steps\":"
            + steps
            + "}";
    return CallRequest.read(body.getBytes(StandardCharsets.UTF_8)).memos();
  }

  private static String steps(int count) {
    StringBuilder steps = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      steps.append(i == 0 ? "" : ",").append("\"key-").append(i).append("\":{\"data\":");
      steps.append(i).append('}');
    }
    return steps.append('}').toString();
  }

  private static Map<String, Integer> values(Map<String, Memo> memos) throws Exception {
    Map<String, Integer> values = new HashMap<>();
    for (Map.Entry<String, Memo> memo : memos.entrySet()) {
      assertThat(memos.get(memo.getKey())).isEqualTo(memo.getValue());
      values.put(memo.getKey(), memo.getValue().tree().intValue());
    }
    return values;
  }

  @Test
  void findsEachOfManyHoweverManyWereExpected() throws Exception {
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      expected.put("key-" + i, i);
    }
    String longStack = "[\"" + "x".repeat(60_000) + "\"]";
    for (String stack : new String[] {"null", "[\"a\"]", longStack}) {
      MemoTable memos = read(stack, steps(1_000));
      assertThat(memos).hasSize(1_000);
      assertThat(values(memos)).isEqualTo(expected);
      assertThat(memos.get("key-1000")).isNull();
      assertThat(memos.get("key-")).isNull();
      assertThat(memos.find("key-999".getBytes(StandardCharsets.UTF_8))).isNotNull();
    }
  }

  @Test
  void anEscapedKeyIsTheSameKey() throws Exception {
    MemoTable memos =
        read("[]", "{\"\\u0061\":{\"data\":1},\"b\":{\"data\":2},\"\u00e9\":{\"data\":3}}");
    assertThat(values(memos)).isEqualTo(Map.of("a", 1, "b", 2, "\u00e9", 3));
    assertThat(memos.find(new byte[] {'a'})).isNotNull();
    assertThat(memos).hasSize(3);
  }

  @Test
  void aKeyThatStandsTwiceIsRefusedHoweverItIsWritten() {
    for (String steps :
        new String[] {
          "{\"a\":{\"data\":1},\"a\":{\"data\":2}}",
          "{\"a\":{\"data\":1},\"\\u0061\":{\"data\":2}}",
          "{\"\\u0061\":{\"data\":1},\"a\":{\"data\":2}}",
          "{\"\\u0061\":{\"data\":1},\"\\u0061\":{\"data\":2}}"
        }) {
      assertThatThrownBy(() -> read("[]", steps))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessageContaining("the key \"a\" stands twice");
    }
  }
}
