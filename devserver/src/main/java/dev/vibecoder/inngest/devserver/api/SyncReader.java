package dev.vibecoder.inngest.devserver.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vibecoder.inngest.devserver.engine.EngineJson;
import dev.vibecoder.inngest.devserver.engine.TriggerRules;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.SyncRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and checks what an app tells of itself (protocol, HTTP, section 6.2). */
final class SyncReader {
  private static final int MAX_TRIGGERS = 10;

  private SyncReader() {}

  /**
   * Reads the body of a sync.
   *
   * @throws ApiException with the real server's answer; its key {@code data} says what is wrong
   */
  static SyncRequest read(byte[] body, Optional<String> expectedKind) {
    if (expectedKind.isPresent() && !expectedKind.get().equals("dev")) {
      throw refused("Expected server kind dev, got " + expectedKind.get());
    }
    SyncRequest sync;
    try {
      JsonNode tree = EngineJson.read(body);
      sync = EngineJson.mapper().treeToValue(tree, SyncRequest.class);
    } catch (IOException e) {
      throw refused("Invalid request: " + firstLine(e));
    }
    if (sync == null || sync.appName() == null || sync.appName().isBlank()) {
      throw new ApiException(400, "App ID required");
    }
    List<FunctionConfig> functions = sync.functions() == null ? List.of() : sync.functions();
    functions.forEach(SyncReader::check);
    return new SyncRequest(
        sync.url(),
        sync.deployType(),
        sync.framework(),
        sync.appName(),
        functions,
        sync.sdk(),
        sync.v(),
        sync.capabilities(),
        sync.appVersion());
  }

  private static ApiException refused(String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", message);
    return new ApiException(ApiResponse.json(400, body));
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static ApiException invalid(FunctionConfig function, String why) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", "At least one function is invalid");
    body.put("data", "Function \"" + function.id() + "\": " + why);
    body.put("status", 400);
    return new ApiException(ApiResponse.json(400, body));
  }

  private static void check(FunctionConfig function) {
    if (function == null || function.id() == null || function.id().isBlank()) {
      throw new ApiException(400, "At least one function is invalid: it has no id");
    }
    if (function.name() == null || function.name().isBlank()) {
      throw invalid(function, "it has no name");
    }
    if (function.steps() == null || function.steps().size() != 1) {
      throw invalid(function, "it must have exactly one step");
    }
    FunctionConfig.Step step = function.steps().values().iterator().next();
    if (step == null || step.runtime() == null || !isUrl(step.runtime().url())) {
      throw invalid(function, "its step has no http or https URL");
    }
    if (!function.steps().containsKey(FunctionConfig.STEP)) {
      throw invalid(function, "its step is not named \"" + FunctionConfig.STEP + "\"");
    }
    List<FunctionConfig.Trigger> triggers = function.triggers();
    if (triggers == null || triggers.size() > MAX_TRIGGERS) {
      throw invalid(function, "it must have at most " + MAX_TRIGGERS + " triggers");
    }
    Set<FunctionConfig.Trigger> seen = new HashSet<>();
    for (FunctionConfig.Trigger trigger : triggers) {
      if (trigger == null || !seen.add(trigger)) {
        throw invalid(function, "a trigger is empty or named twice");
      }
      TriggerRules.problem(trigger)
          .ifPresent(
              why -> {
                throw invalid(function, why);
              });
    }
  }

  private static boolean isUrl(String url) {
    try {
      URI uri = new URI(url == null ? "" : url);
      return uri.getHost() != null && uri.getScheme() != null && uri.getScheme().matches("https?");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The normal form of an app's URL: loopback is localhost, no default port, no probe. */
  static String normalUrl(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw refused("Invalid request: \"" + text + "\" is no URL");
    }
    if (url.getHost() == null) {
      throw refused("Invalid request: \"" + text + "\" is no URL");
    }
    boolean loopback = Set.of("127.0.0.1", "0.0.0.0", "localhost", "[::1]").contains(url.getHost());
    boolean defaultPort =
        (url.getPort() == 80 && "http".equals(url.getScheme()))
            || (url.getPort() == 443 && "https".equals(url.getScheme()));
    String port = url.getPort() < 0 || defaultPort ? "" : ":" + url.getPort();
    return url.getScheme()
        + "://"
        + (loopback ? "localhost" : url.getHost())
        + port
        + (url.getRawPath() == null ? "" : url.getRawPath());
  }
}
