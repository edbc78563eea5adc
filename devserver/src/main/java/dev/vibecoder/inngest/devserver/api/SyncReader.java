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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads and checks what an app tells of itself (protocol, HTTP, section 6.2). */
final class SyncReader {
  private static final int MAX_TRIGGERS = 10;
  private static final int MAX_PORT = 65_535;

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
      throw refused("Invalid request: " + JsonProblem.describe(e));
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
    return url != null && callable(url).isPresent();
  }

  /** A URL that can be called: http or https, with a host and a port that exists. */
  private static Optional<URI> callable(String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equalsIgnoreCase(url.getScheme());
      boolean https = "https".equalsIgnoreCase(url.getScheme());
      return (http || https) && url.getHost() != null && url.getPort() <= MAX_PORT
          ? Optional.of(url)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * The normal form of an app's URL: loopback is localhost, no default port, no probe.
   *
   * @throws ApiException if it is no URL that can be called
   */
  static String normalUrl(String text) {
    URI url =
        callable(text)
            .orElseThrow(
                () -> refused("Invalid request: \"" + text + "\" is no http or https URL"));
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    boolean loopback = url.getHost().equals("0.0.0.0") || Door.isLoopback(url.getHost());
    boolean defaultPort = url.getPort() == (scheme.equals("https") ? 443 : 80);
    String port = url.getPort() < 0 || defaultPort ? "" : ":" + url.getPort();
    return scheme
        + "://"
        + (loopback ? "localhost" : url.getHost())
        + port
        + (url.getRawPath() == null ? "" : url.getRawPath());
  }
}
