package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.devserver.engine.EngineJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer of the API. */
record ApiResponse(int status, String contentType, byte[] body, Map<String, String> headers) {
  private static final String JSON = "application/json";

  static ApiResponse json(int status, JsonNode body) {
    return new ApiResponse(status, JSON, EngineJson.write(body), Map.of());
  }

  static ApiResponse text(int status, String contentType, String body) {
    return new ApiResponse(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static ApiResponse empty(int status) {
    return new ApiResponse(status, JSON, new byte[0], Map.of());
  }

  static ApiResponse redirect(String location) {
    return new ApiResponse(302, "text/plain", new byte[0], Map.of("Location", location));
  }

  /** An error as the real server tells it. */
  static ApiResponse error(int status, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", message);
    body.putNull("data");
    body.put("status", status);
    return json(status, body);
  }
}
