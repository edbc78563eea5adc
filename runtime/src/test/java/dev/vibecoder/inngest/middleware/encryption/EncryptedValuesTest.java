package dev.vibecoder.inngest.middleware.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.support.App;
import dev.vibecoder.inngest.support.Call;
import dev.vibecoder.inngest.support.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that the middleware of the other SDKs encrypted: {@code js} is {@code
 * @inngest/middleware-encryption} 2.0.0 with inngest 4.24.0, {@code js-v0} the same with its first
 * strategy, {@code python} is {@code inngest_encryption} 0.1.0 with inngest 0.5.19.
 */
class EncryptedValuesTest {
  private static final String OTHER = "another key that fits nothing";

  static Stream<JsonNode> values() throws IOException {
    try (InputStream file =
        EncryptedValuesTest.class.getResourceAsStream("/encryption/encrypted-values.jsonl")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines().map(Trees::parse).toList().stream();
    }
  }

  private static EncryptionKey key(JsonNode value) {
    return value.has("rawKey")
        ? EncryptionKey.ofBytes(HexFormat.of().parseHex(value.path("rawKey").asText()))
        : EncryptionKey.of(value.path("key").asText());
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatOtherSdksEncryptedIsRead(JsonNode value) {
    EncryptionMiddleware middleware =
        EncryptionMiddleware.withKey(EncryptionKey.of(OTHER)).fallbackKeys(key(value)).build();
    List<JsonNode> seen = new ArrayList<>();
    FunctionDefinition function =
        FunctionDefinition.define("fn")
            .on("test/event")
            .handle(
                (event, step) -> {
                  seen.add(
                      value.path("by").asText().endsWith("event")
                          ? event.data()
                          : step.run("one", JsonNode.class, () -> Trees.parse("null")));
                  return null;
                });
    App app = App.with(List.of(middleware), function);
    Call call =
        value.path("by").asText().endsWith("event")
            ? Call.first()
                .event("{\"name\":\"test/event\",\"ts\":1,\"data\":" + value.path("wire") + "}")
            : Call.first().done("one", value.path("wire").toString());
    assertThat(app.call(call).status()).isEqualTo(200);
    // As text: a tree from elsewhere may have the same number in another class.
    assertThat(seen).extracting(JsonNode::toString).containsExactly(value.path("plain").toString());
  }

  @Test
  void everyKindOfWriterIsThere() throws IOException {
    assertThat(values().map(value -> value.path("by").asText()).distinct())
        .containsExactlyInAnyOrder("js", "js-v0", "js-event", "python", "python-event");
  }

  /** NaCl's own example of a secret box: keys, nonce, message and box of its documentation. */
  @Test
  void theBoxIsThatOfNaCl() throws GeneralSecurityException {
    HexFormat hex = HexFormat.of();
    byte[] key = hex.parseHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
    byte[] nonce = hex.parseHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
    byte[] message =
        hex.parseHex(
            "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc"
                + "e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31"
                + "0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde"
                + "048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
                + "5e0705");
    String box = new SecretBox(List.of(EncryptionKey.ofBytes(key))).encrypt(message, nonce);
    assertThat(hex.formatHex(Base64.getDecoder().decode(box)))
        .isEqualTo(
            hex.formatHex(nonce)
                + "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce"
                + "48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972"
                + "71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae"
                + "90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3"
                + "7973f622a43d14a6599b1f654cb45a74e355a5");
    assertThat(new SecretBox(List.of(EncryptionKey.ofBytes(key))).decrypt(box)).isEqualTo(message);
  }

  @Test
  void aBoxIsNeverTheSameAndNeverReadWhenItWasChanged() throws GeneralSecurityException {
    SecretBox box = new SecretBox(List.of(EncryptionKey.of("key")));
    byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    String first = box.encrypt(json);
    assertThat(box.encrypt(json)).isNotEqualTo(first);
    assertThat(box.decrypt(first)).isEqualTo(json);
    byte[] bytes = Base64.getDecoder().decode(first);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      String text = Base64.getEncoder().encodeToString(changed);
      assertThatThrownBy(() -> box.decrypt(text)).isInstanceOf(GeneralSecurityException.class);
    }
    assertThatThrownBy(() -> box.decrypt("AAAA")).hasMessage("it is too short");
    assertThatThrownBy(() -> box.decrypt("*")).hasMessage("it is not base64");
  }

  @Test
  void keysAreCheckedAndNotShown() {
    assertThat(EncryptionKey.of("secret text")).hasToString("EncryptionKey[***]");
    assertThatThrownBy(() -> EncryptionKey.of("from a file\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strip()");
    assertThatThrownBy(() -> EncryptionKey.of("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EncryptionKey.ofBytes(new byte[31]))
        .hasMessage("An encryption key has 32 bytes, not 31.");
  }
}
