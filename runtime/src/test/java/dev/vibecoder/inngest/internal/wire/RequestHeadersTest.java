package dev.vibecoder.inngest.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
  private static RequestHeaders headers() {
    RequestHeaders.Builder headers = RequestHeaders.builder(3);
    headers.add("Content-Type", "text/plain");
    headers.add("accept", "first");
    headers.add("Accept", "second");
    return headers.build();
  }

  @Test
  void findsNamesInAnyCaseAndTheFirstOfThoseThatAreRepeated() {
    assertThat(headers().get("CONTENT-TYPE")).isEqualTo("text/plain");
    assertThat(headers().get("ACCEPT")).isEqualTo("first");
    assertThat(headers().get("Host")).isNull();
    assertThat(headers().containsKey("Accept")).isTrue();
  }

  @Test
  void isAMapOfEachNameOnce() {
    assertThat(headers()).hasSize(2).containsEntry("accept", "first");
    assertThat(headers().keySet()).containsExactly("accept", "Content-Type");
    Map<String, String> same = new TreeMap<>(headers());
    assertThat(RequestHeaders.of(same)).isEqualTo(same);
  }
}
