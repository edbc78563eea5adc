package dev.vibecoder.inngest.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A call of the real server to the TypeScript SDK, and what that answered. */
record RecordedCall(JsonNode record) {
  static final ObjectMapper JSON = JsonMapper.builder().build();

  static List<RecordedCall> all(String file) {
    List<RecordedCall> calls = new ArrayList<>();
    try (InputStream stream =
            Objects.requireNonNull(
                RecordedCall.class.getResourceAsStream("/recordings/" + file), file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        calls.add(new RecordedCall(JSON.readTree(line)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return calls;
  }

  String scenario() {
    return record.path("scenario").asText();
  }

  int ordinal() {
    return record.path("n").asInt();
  }

  String method() {
    return record.path("method").asText();
  }

  Instant time() {
    return Instant.ofEpochMilli(record.path("t").asLong());
  }

  byte[] body() {
    return record.path("body").asText().getBytes(StandardCharsets.UTF_8);
  }

  String requestHeader(String name) {
    return map(record.path("headers")).getOrDefault(name, "");
  }

  ServeRequest request() {
    return new ServeRequest(
        method(),
        URI.create("http://localhost:3000" + record.path("path").asText()),
        map(record.path("headers")),
        body());
  }

  int status() {
    return record.path("status").asInt();
  }

  String responseHeader(String name) {
    return map(record.path("responseHeaders")).getOrDefault(name, "");
  }

  byte[] response() {
    return record.path("response").asText().getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(new String(json, StandardCharsets.UTF_8), e);
    }
  }

  private static Map<String, String> map(JsonNode headers) {
    Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  @Override
  public String toString() {
    return scenario() + " " + ordinal();
  }
}
