package dev.vibecoder.inngest.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.vibecoder.inngest.internal.json.Json;
import dev.vibecoder.inngest.protocol.StepHash;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Compares the reader of call requests with Jackson: what one refuses, the other refuses, and both
 * see the same values.
 *
 * <p>Deliberate differences: a byte order mark and other encodings than UTF-8 are refused; a number
 * of any length is accepted where it is skipped; a key of the protocol that stands twice is
 * refused.
 */
class CallRequestPropertyTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(Json.MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectMapper KEEPING_DECIMALS =
      JACKSON
          .copy()
          .configure(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS, true)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private final Random random = new Random(20_260_101);

  @Test
  void randomDocumentsAreSeenAsJacksonSeesThem() throws Exception {
    for (int i = 0; i < 1_500; i++) {
      Map<String, String> memos = new LinkedHashMap<>();
      for (int j = random.nextInt(4); j > 0; j--) {
        memos.put(StepHash.of("step " + i + j), value(0));
      }
      String event = "{" + space() + "\"data\":" + value(0) + space() + "}";
      byte[] body = Call.first().event(event).memos(memos).body();

      CallRequest request = CallRequest.read(body);

      assertThat(request.event().tree()).isEqualTo(KEEPING_DECIMALS.readTree(event));
      assertThat(request.memos().keySet()).isEqualTo(memos.keySet());
      for (Map.Entry<String, Memo> memo : request.memos().entrySet()) {
        String json = memos.getOrDefault(memo.getKey(), "");
        assertThat(memo.getValue().tree())
            .as(json)
            .isEqualTo(expected(KEEPING_DECIMALS.readTree(json)));
      }
    }
  }

  @Test
  void aByteChangedIsRefusedExactlyWhenJacksonRefusesIt() {
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] body =
          Call.first()
              .event("{\"data\":" + value(1) + ",\"name\":\"a/b\"}")
              .done("one", value(1))
              .memo("two", value(1))
              .body();
      mutate(body);
      if (body[0] == 0 || body[1] == 0) {
        continue;
      }
      String why = isUtf8(body) ? refusal(body) : "no UTF-8";
      boolean read;
      try {
        CallRequest.read(body);
        read = true;
      } catch (MalformedBodyException e) {
        read = false;
      }
      assertThat(read)
          .as("Jackson: %s; %s", why, new String(body, StandardCharsets.UTF_8))
          .isEqualTo(why.isEmpty());
      accepted += read ? 1 : 0;
      refused += read ? 0 : 1;
    }
    assertThat(accepted).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(1_000);
  }

  @Test
  void bytesAtRandomNeverDoMoreThanBeRefused() {
    for (int i = 0; i < 5_000; i++) {
      byte[] body = new byte[random.nextInt(40)];
      random.nextBytes(body);
      if (body.length > 0) {
        body[0] = '{';
      }
      boolean read;
      try {
        CallRequest.read(body);
        read = true;
      } catch (MalformedBodyException e) {
        read = false;
      }
      assertThat(read).isFalse();
    }
  }

  @Test
  void theDepthLimitIsThatOfJackson() {
    // The event's value lies two levels below the body.
    for (int depth = Json.MAX_DEPTH - 3; depth <= Json.MAX_DEPTH; depth++) {
      String deep = "[".repeat(depth) + "]".repeat(depth);
      byte[] body = Call.first().event("{\"data\":" + deep + "}").body();
      String why = refusal(body);
      boolean read;
      try {
        CallRequest.read(body);
        read = true;
      } catch (MalformedBodyException e) {
        read = false;
      }
      assertThat(read).as("depth %s: %s", depth, why).isEqualTo(why.isEmpty());
    }
  }

  private void mutate(byte[] body) {
    String candidates = "{}[]\",:\\ 0123456789-+.eEtrufalsn\t\n/x";
    int at = random.nextInt(body.length);
    body[at] =
        (byte)
            (random.nextInt(3) == 0
                ? random.nextInt(256)
                : candidates.charAt(random.nextInt(candidates.length())));
  }

  /** What Jackson, and the types the protocol asks for, have against a body. */
  private static String refusal(byte[] body) {
    JsonNode tree;
    try {
      tree = JACKSON.readTree(body);
      if (repeatsKey(body)) {
        return "a key twice";
      }
    } catch (IOException e) {
      return "no JSON: " + e.getMessage();
    }
    JsonNode ctx = tree.path("ctx");
    boolean good =
        tree.isObject()
            && tree.path("event").isObject()
            && ctx.isObject()
            && ctx.path("run_id").isTextual()
            && !ctx.path("run_id").asText().isEmpty()
            && integer(ctx.path("attempt"))
            && integer(ctx.path("max_attempts"))
            && flag(ctx.path("disable_immediate_execution"))
            && flag(ctx.path("use_api"))
            && flag(tree.path("use_api"))
            && integer(tree.path("version"))
            && (tree.path("steps").isObject()
                || tree.path("steps").isNull()
                || tree.path("steps").isMissingNode());
    return good ? "" : "a wrong type";
  }

  private static boolean integer(JsonNode node) {
    return node.isMissingNode() || node.isInt();
  }

  private static boolean flag(JsonNode node) {
    return node.isMissingNode() || node.isBoolean();
  }

  /** Whether a key that is not the user's stands twice. */
  private static boolean repeatsKey(byte[] body) throws IOException {
    Set<String> known =
        Set.of(
            "event",
            "steps",
            "ctx",
            "version",
            "use_api",
            "run_id",
            "attempt",
            "max_attempts",
            "disable_immediate_execution");
    try (JsonParser parser = JACKSON.createParser(body)) {
      Set<String> seen = new HashSet<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          String path = parser.getParsingContext().pathAsPointer().toString();
          boolean steps = path.startsWith("/steps/");
          boolean protocol =
              steps
                  ? path.indexOf('/', 7) < 0 || path.matches("/steps/[^/]*/(data|error|input)")
                  : path.matches("/[^/]*|/ctx/[^/]*") && known.contains(parser.currentName());
          if (protocol && !seen.add(path)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static JsonNode expected(JsonNode memo) {
    boolean wrapped =
        memo.isObject()
            && memo.size() == 1
            && (memo.has("data") || memo.has("error") || memo.has("input"));
    return wrapped ? memo.elements().next() : memo;
  }

  private static boolean isUtf8(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 4 ? 6 : 9)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "false";
      case 3 -> Integer.toString(random.nextInt());
      case 4 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      case 5 -> text();
      case 6 -> array(depth);
      default -> object(depth);
    };
  }

  private String array(int depth) {
    StringBuilder json = new StringBuilder("[").append(space());
    for (int i = random.nextInt(4); i > 0; i--) {
      json.append(value(depth + 1)).append(space()).append(i == 1 ? "" : ",").append(space());
    }
    return json.append("]").toString();
  }

  private String object(int depth) {
    StringBuilder json = new StringBuilder("{").append(space());
    String[] known = {"data", "error", "input", "event", "steps", "ctx"};
    Set<String> names = new HashSet<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String name =
          random.nextBoolean() ? Trees.quote(known[random.nextInt(known.length)]) : text();
      if (names.add(name)) {
        json.append(names.size() == 1 ? "" : ",").append(space()).append(name).append(space());
        json.append(":").append(space()).append(value(depth + 1)).append(space());
      }
    }
    return json.append("}").toString();
  }

  private String text() {
    String[] parts = {"a", "Гуру", "🕉️", "\\", "\"", "\n", "\u0001", "/", "{", "}", "\u2028", ""};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return Trees.quote(text.toString());
  }

  private String space() {
    return switch (random.nextInt(8)) {
      case 0 -> " ";
      case 1 -> "\n\t\r ";
      default -> "";
    };
  }
}
