package dev.vibecoder.inngest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.junit.jupiter.api.Test;

class KnownHeadersTest {
  private final KnownHeaders headers = new KnownHeaders();

  private HttpFields set(Map<String, String> values) {
    HttpFields.Mutable fields = HttpFields.build();
    headers.set(fields, values);
    return fields;
  }

  @Test
  void eachAnswerHasItsOwnValue() {
    assertThat(set(Map.of("X-A", "1")).get("X-A")).isEqualTo("1");
    assertThat(set(Map.of("X-A", "2")).get("X-A")).isEqualTo("2");
    assertThat(set(Map.of("X-A", "1")).get("X-A")).isEqualTo("1");
  }

  @Test
  void whatIsTheSameInAllAnswersIsEncodedOnce() {
    HttpField first = set(Map.of("X-A", "1")).getField("X-A");
    assertThat(first).isInstanceOf(PreEncodedHttpField.class);
    assertThat(set(Map.of("X-A", "1")).getField("X-A")).isSameAs(first);
  }

  @Test
  void aHeaderInAnotherCaseTakesItsPlace() {
    HttpFields.Mutable fields = HttpFields.build();
    headers.set(fields, Map.of("Content-Type", "a"));
    headers.set(fields, Map.of("content-type", "b"));
    assertThat(fields.getValuesList("Content-Type")).containsExactly("b");
  }

  @Test
  void whatCouldEndAHeaderIsLeftToJettyToClean() {
    assertThat(set(Map.of("X-A", "1\r\nX-B: 2")).getField("X-A"))
        .isNotInstanceOf(PreEncodedHttpField.class);
  }

  @Test
  void keepsOnlySoManyNames() {
    for (int i = 0; i < 100; i++) {
      assertThat(set(Map.of("X-" + i, "v")).get("X-" + i)).isEqualTo("v");
    }
    assertThat(set(Map.of("X-99", "v")).getField("X-99"))
        .isNotInstanceOf(PreEncodedHttpField.class);
  }
}
