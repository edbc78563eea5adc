package dev.vibecoder.inngest.serve;

import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.function.FunctionDefinition;
import dev.vibecoder.inngest.function.FunctionRegistry;
import dev.vibecoder.inngest.protocol.FunctionConfig;
import dev.vibecoder.inngest.protocol.SdkVersion;
import dev.vibecoder.inngest.protocol.SigningKey;
import dev.vibecoder.inngest.protocol.SyncRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the app tells a server of itself (specification, sections 4.3 and 4.5).
 *
 * @param options the app's options
 * @param functions its functions
 * @param framework what serves them
 * @param streams whether that can begin an answer before the whole of it is there
 */
record Registration(
    InngestOptions options, FunctionRegistry functions, String framework, boolean streams) {
  private static final String DEFAULT_PATH = "/api/inngest";
  private static final Set<String> OF_ONE_REQUEST = Set.of("deployId", "probe", "fnId", "stepId");

  /** The function of an id as the server knows it, {@code <app id>-<function id>}. */
  Optional<FunctionDefinition> find(String fnId) {
    String prefix = options.appId() + "-";
    return fnId.startsWith(prefix)
        ? functions.find(fnId.substring(prefix.length()))
        : Optional.empty();
  }

  /**
   * Where the server reaches the app: what was asked for, with the origin and path that are set.
   *
   * @param asked a URL, or a path alone where nothing else can be believed
   * @return empty if nothing tells the origin
   */
  Optional<URI> publicUrl(URI asked) {
    Optional<String> origin = options.serveOrigin().map(URI::toString);
    if (origin.isEmpty() && asked.getScheme() != null && asked.getRawAuthority() != null) {
      origin = Optional.of(asked.getScheme() + "://" + asked.getRawAuthority());
    }
    String path = options.servePath().orElseGet(() -> path(asked)) + query(asked);
    return origin.map(start -> URI.create(start + path));
  }

  /** What else is asked for, such as a password for the proxy, belongs to the app's URL. */
  private static String query(URI url) {
    if (url.getRawQuery() == null) {
      return "";
    }
    String kept =
        Arrays.stream(url.getRawQuery().split("&", -1))
            .filter(parameter -> !parameter.isEmpty())
            .filter(parameter -> !OF_ONE_REQUEST.contains(parameter.replaceFirst("=.*", "")))
            .collect(Collectors.joining("&"));
    return kept.isEmpty() ? "" : "?" + kept;
  }

  private static String path(URI url) {
    String path = url.getRawPath();
    return path != null && path.startsWith("/") ? path : DEFAULT_PATH;
  }

  SyncRequest request(URI url) {
    FunctionConfigs writer = new FunctionConfigs(options.appId());
    List<FunctionConfig> configs =
        functions.all().stream().map(function -> writer.of(function, url)).toList();
    return new SyncRequest(
        url.toString(),
        "ping",
        framework,
        options.appId(),
        configs,
        SdkVersion.SYNC,
        "0.1",
        capabilities(),
        options.appVersion().orElse(null));
  }

  private Map<String, String> capabilities() {
    Map<String, String> capabilities = new LinkedHashMap<>();
    capabilities.put("trust_probe", "v1");
    if (options.inBandSync()) {
      capabilities.put("in_band_sync", "v1");
    }
    return capabilities;
  }

  /**
   * The answer to a GET.
   *
   * @param authenticated whether the caller proved to know the signing key
   */
  Map<String, Object> introspection(boolean authenticated) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("schema_version", "2024-05-24");
    body.put("authentication_succeeded", authenticated ? Boolean.TRUE : null);
    body.put("function_count", functions.all().size());
    body.put("has_event_key", options.hasEventKey());
    body.put("has_signing_key", options.signingKey().isPresent());
    body.put("has_signing_key_fallback", options.signingKeyFallback().isPresent());
    body.put("mode", options.dev() ? "dev" : "cloud");
    if (authenticated) {
      body.put("api_origin", options.apiUrl().toString());
      body.put("app_id", options.appId());
      body.put("capabilities", capabilities());
      body.put("env", options.environment().orElse(null));
      body.put("event_api_origin", options.eventUrl().toString());
      body.put(
          "event_key_hash",
          options.hasEventKey() ? options.eventKey().map(Registration::sha256).orElse(null) : null);
      body.put("framework", framework);
      body.put("sdk_language", "java");
      body.put("sdk_version", SdkVersion.VERSION);
      body.put("serve_origin", options.serveOrigin().map(URI::toString).orElse(null));
      body.put("serve_path", options.servePath().orElse(null));
      body.put("signing_key_hash", hash(options.signingKey().orElse(null)));
      body.put("signing_key_fallback_hash", hash(options.signingKeyFallback().orElse(null)));
    }
    Map<String, Object> extra = new LinkedHashMap<>();
    extra.put("java", Runtime.version().toString());
    if (authenticated) {
      extra.put("is_streaming", streams && options.streamAfter().isPresent());
    }
    body.put("extra", extra);
    return body;
  }

  /**
   * The answer to a sync in-band.
   *
   * @param url where the server reaches the app
   * @param authenticated whether the caller proved to know the signing key
   */
  Map<String, Object> inBand(URI url, boolean authenticated) {
    SyncRequest sync = request(url);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("app_id", options.appId());
    options.appVersion().ifPresent(version -> body.put("appVersion", version));
    body.put("capabilities", capabilities());
    body.put("env", options.environment().orElse(null));
    body.put("framework", framework);
    body.put("functions", sync.functions());
    body.put("inspection", introspection(authenticated));
    options.platform().ifPresent(platform -> body.put("platform", platform));
    body.put("sdk_author", "inngest");
    body.put("sdk_language", "java");
    body.put("sdk_version", SdkVersion.VERSION);
    body.put("sdk", SdkVersion.SYNC);
    body.put("url", url.toString());
    return body;
  }

  private static @Nullable String hash(@Nullable SigningKey key) {
    return key == null ? null : key.hash().substring(0, 12);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new InngestException("Every Java platform has SHA-256", e);
    }
  }
}
