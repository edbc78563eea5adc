package dev.vibecoder.inngest.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallRequestTest {
  private static final String CTX = "\"ctx\":{\"run_id\":\"r\",\"attempt\":1,\"max_attempts\":3}";

  private static CallRequest read(String body) throws MalformedBodyException {
    return CallRequest.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode memo(String memo) throws MalformedBodyException, IOException {
    return only(memo).tree();
  }

  private static Memo only(String memo) throws MalformedBodyException {
    CallRequest request = read("{" + CTX + ",\"event\":{},\"steps\":{\"h\":" + memo + "}}");
    assertThat(request.memos()).containsOnlyKeys("h");
    return request.memos().values().iterator().next();
  }

  @Test
  void readsWhatTheServerSends() throws MalformedBodyException, IOException {
    CallRequest request =
        CallRequest.read(
            Call.first()
                .event("{\"name\":\"a/b\",\"data\":{\"x\":\"Гуру 🕉️\"}}")
                .done("one", "{\"deep\":[1,{\"a\":null}]}")
                .memo("nap", "null")
                .attempt(2, 5)
                .version(-1)
                .planOnly()
                .useApi()
                .body());
    assertThat(request.runId()).isEqualTo(Call.RUN_ID);
    assertThat(request.attempt()).isEqualTo(2);
    assertThat(request.maxAttempts()).isEqualTo(5);
    assertThat(request.version()).isEqualTo(-1);
    assertThat(request.planOnly()).isTrue();
    assertThat(request.useApi()).isTrue();
    assertThat(request.memos()).hasSize(2);
    String event =
        new String(
            request.event().body(),
            request.event().offset(),
            request.event().length(),
            StandardCharsets.UTF_8);
    assertThat(event).isEqualTo("{\"name\":\"a/b\",\"data\":{\"x\":\"Гуру 🕉️\"}}");
  }

  @Test
  void whatIsAbsentHasItsDefault() throws MalformedBodyException {
    CallRequest request = read(" { \"event\" : { } , \"ctx\" : { \"run_id\" : \"r\" } } \r\n\t");
    assertThat(request.attempt()).isZero();
    assertThat(request.maxAttempts()).isZero();
    assertThat(request.version()).isEqualTo(-1);
    assertThat(request.planOnly()).isFalse();
    assertThat(request.useApi()).isFalse();
    assertThat(request.memos()).isEmpty();
  }

  @Test
  void stepsMayBeNullAndUseApiMayStandInEitherPlace() throws MalformedBodyException {
    CallRequest request =
        read("{\"use_api\":true,\"steps\":null,\"event\":{},\"ctx\":{\"run_id\":\"r\"}}");
    assertThat(request.memos()).isEmpty();
    assertThat(request.useApi()).isTrue();
    assertThat(read("{\"ctx\":{\"run_id\":\"r\",\"use_api\":true},\"use_api\":false,\"event\":{}}"))
        .extracting(CallRequest::useApi)
        .isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":{\"a\":1}}|DATA|{\"a\":1}",
        "{\"data\":null}|DATA|null",
        " { \"data\" : 5 } |DATA|5",
        "{\"error\":{\"name\":\"E\"}}|ERROR|{\"name\":\"E\"}",
        "{\"error\":null}|ERROR|null",
        "{\"input\":[1]}|INPUT|[1]",
        "null|RAW|null",
        "5|RAW|5",
        "\"text\"|RAW|\"text\"",
        "[{\"data\":1}]|RAW|[{\"data\":1}]",
        "{}|RAW|{}",
        "{\"other\":1}|RAW|{\"other\":1}",
        "{\"data\":1,\"id\":\"e\",\"name\":\"x\"}|RAW|{\"data\":1,\"id\":\"e\",\"name\":\"x\"}",
        "{\"name\":\"x\",\"data\":1}|RAW|{\"name\":\"x\",\"data\":1}",
        "{\"data\":1,\"error\":2}|RAW|{\"data\":1,\"error\":2}",
        "{\"data\":{\"data\":{\"error\":1}}}|DATA|{\"data\":{\"error\":1}}"
      })
  void tellsTheFormsOfAMemoApart(String json, Memo.Kind kind, String value)
      throws MalformedBodyException, IOException {
    assertThat(only(json).kind()).isEqualTo(kind);
    assertThat(only(json).fulfilled()).isEqualTo(kind != Memo.Kind.INPUT);
    assertThat(memo(json)).isEqualTo(Trees.parse(value));
  }

  /** A JSON reader must not care how a key is written. */
  @Test
  void keysMayBeEscaped() throws MalformedBodyException {
    CallRequest request =
        read(
            "{\"\\u0065vent\":{},\"ctx\":{\"run\\u005fid\":\"\\u0072\"},"
                + "\"steps\":{\"\\u0068\":{\"d\\u0061ta\":1}}}");
    assertThat(request.runId()).isEqualTo("r");
    assertThat(request.memos()).containsOnlyKeys("h");
    assertThat(request.memos().values().iterator().next().kind()).isEqualTo(Memo.Kind.DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"attempt\":\"1\"",
        "\"attempt\":null",
        "\"attempt\":true",
        "\"attempt\":1.5",
        "\"attempt\":1e2",
        "\"attempt\":99999999999",
        "\"attempt\":[]",
        "\"max_attempts\":\"3\"",
        "\"max_attempts\":{}",
        "\"run_id\":5",
        "\"run_id\":null",
        "\"run_id\":{}",
        "\"run_id\":\"\"",
        "\"disable_immediate_execution\":1",
        "\"disable_immediate_execution\":\"true\"",
        "\"disable_immediate_execution\":null",
        "\"use_api\":0",
        "\"use_api\":tru"
      })
  void aKeyOfTheContextWithAWrongTypeIsNamed(String entry) {
    String key = entry.substring(1, entry.indexOf('"', 1));
    String others = key.equals("run_id") ? "" : ",\"run_id\":\"r\"";
    assertThatThrownBy(() -> read("{\"ctx\":{" + entry + others + "},\"event\":{}}"))
        .isInstanceOf(MalformedBodyException.class)
        .message()
        .satisfiesAnyOf(
            message -> assertThat(message).contains(key),
            message -> assertThat(message).contains("a value was expected"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ctx\":{\"run_id\":\"r\"}}|event",
        "{\"ctx\":{\"run_id\":\"r\"},\"event\":null}|event",
        "{\"ctx\":{\"run_id\":\"r\"},\"event\":[]}|event",
        "{\"ctx\":{\"run_id\":\"r\"},\"event\":\"x\"}|event",
        "{\"event\":{}}|ctx.run_id",
        "{\"event\":{},\"ctx\":{}}|ctx.run_id",
        "{\"event\":{},\"ctx\":null}|ctx",
        "{\"event\":{},\"ctx\":[]}|ctx",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"steps\":[]}|steps",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"steps\":5}|steps",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"version\":\"2\"}|version",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"use_api\":\"no\"}|use_api"
      })
  void whatIsMissingOrOfAWrongTypeIsNamed(String body, String what) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining(what);
  }

  /**
   * Two readers of one body must not see different things in it, and a canonical body (RFC 8785),
   * which is what the server sends, has no key twice. In data of the user the last one counts.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":{},\"event\":{\"a\":1},\"ctx\":{\"run_id\":\"r\"}}",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"ctx\":{\"run_id\":\"s\"}}",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\",\"run_id\":\"s\"}}",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\",\"attempt\":1,\"attempt\":2}}",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"steps\":{},\"steps\":{\"h\":1}}",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"steps\":{\"h\":1,\"h\":2}}",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"steps\":{\"h\":{\"data\":1,\"data\":2}}}",
        "{\"event\":{},\"ctx\":{\"run_id\":\"r\"},\"version\":1,\"version\":2}"
      })
  void aKeyOfTheProtocolThatStandsTwiceIsRefused(String body) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void aKeyOfTheUserThatStandsTwiceCannotBeRead() {
    assertThatThrownBy(() -> memo("{\"data\":{\"a\":1,\"a\":2}}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Duplicate field 'a'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "5",
        "\"x\"",
        "[]",
        "{",
        "{}x",
        "{}{}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":1e}",
        "{\"a\":NaN}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[}]",
        "{\"a\":\"x}",
        "{\"a\":\"\\\"}",
        "{\"a\":tru}",
        "{\"a\":nullx}",
        "{\"a\" 1}",
        "//\n{}"
      })
  void whatIsNoJsonObjectIsRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void aByteOrderMarkIsRefused() {
    assertThatThrownBy(() -> read("\uFEFF{" + CTX + ",\"event\":{}}"))
        .isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void aBodyThatEndsTooEarlyIsRefusedWhereverItEnds() {
    byte[] body =
        Call.first().done("a", "{\"x\":[1.5e3,true,null,\"\\u0041\"]}").memo("b", "null").body();
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThatThrownBy(() -> CallRequest.read(cut))
          .as("cut to %s bytes", length)
          .isInstanceOf(MalformedBodyException.class);
    }
  }

  @Test
  void aNestingBombIsRefusedWithoutExhaustingTheStack() {
    for (String bomb : new String[] {"[".repeat(1_000_000), "{\"a\":".repeat(200_000)}) {
      assertThatThrownBy(() -> read("{" + CTX + ",\"event\":{\"data\":" + bomb))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessageContaining("500 deep");
    }
  }

  @Test
  void aHugeNumberInDataIsCarriedToWhereItIsRead() throws MalformedBodyException {
    Memo memo = only("{\"data\":" + "9".repeat(100_000) + "}");
    assertThat(memo.length()).isEqualTo(100_000);
    assertThatThrownBy(memo::tree).isInstanceOf(IOException.class);
  }

  @Test
  void memosComeFromASecondBodyWhenTheServerLeftThemOut() throws MalformedBodyException {
    CallRequest request = read("{" + CTX + ",\"event\":{},\"steps\":{\"h\":1}}");
    CallRequest fetched =
        request.withMemos("{\"i\":{\"data\":2}}".getBytes(StandardCharsets.UTF_8));
    assertThat(fetched.memos()).containsOnlyKeys("i");
    assertThat(fetched.runId()).isEqualTo("r");
    for (String bad : new String[] {"", "[]", "{", "{}x", "{\"i\":}"}) {
      assertThatThrownBy(() -> request.withMemos(bad.getBytes(StandardCharsets.UTF_8)))
          .as(bad)
          .isInstanceOf(MalformedBodyException.class);
    }
  }
}
