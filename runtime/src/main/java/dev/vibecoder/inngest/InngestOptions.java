package dev.vibecoder.inngest;

import dev.vibecoder.inngest.internal.config.Settings;
import dev.vibecoder.inngest.protocol.SigningKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an app speaks to a server. Each option comes from, in this order: the builder, a system
 * property ({@code inngest.event.key}), the environment ({@code INNGEST_EVENT_KEY}), the file
 * {@code .env} in the working directory, the default.
 *
 * <p>Without {@code INNGEST_DEV} or {@link Builder#dev(boolean)} the mode is <em>cloud</em>: every
 * request must be signed. Immutable; {@link #toString()} shows no key.
 */
public final class InngestOptions {
  private static final URI CLOUD_API = URI.create("https://api.inngest.com");
  private static final URI CLOUD_EVENTS = URI.create("https://inn.gs");
  private static final String NO_EVENT_KEY = "NO_EVENT_KEY_SET";
  private static final String DEFAULT_PATH = "/api/inngest";

  private final String appId;
  private final @Nullable String appVersion;
  private final boolean dev;
  private final @Nullable String eventKey;
  private final @Nullable SigningKey signingKey;
  private final @Nullable SigningKey signingKeyFallback;
  private final @Nullable String environment;
  private final URI apiUrl;
  private final URI eventUrl;
  private final boolean serverConfigured;
  private final @Nullable URI serveOrigin;
  private final String servePath;
  private final boolean unauthenticatedSync;
  private final int appPort;

  private InngestOptions(Builder builder, Settings settings) {
    appId = requireAppId(or(builder.appId, settings, "INNGEST_APP_ID"));
    appVersion = or(builder.appVersion, settings, "INNGEST_APP_VERSION");
    Optional<String> devSetting = settings.text("INNGEST_DEV");
    Boolean devFlag = devSetting.map(InngestOptions::flag).orElse(null);
    @Nullable URI devUrl =
        devSetting.isPresent() && devFlag == null ? devUrl(devSetting.get()) : null;
    if (builder.dev != null) {
      dev = builder.dev;
    } else {
      dev = devUrl != null || Boolean.TRUE.equals(devFlag);
    }
    eventKey = or(builder.eventKey, settings, "INNGEST_EVENT_KEY");
    signingKey = key(builder.signingKey, settings, "INNGEST_SIGNING_KEY");
    signingKeyFallback = key(builder.signingKeyFallback, settings, "INNGEST_SIGNING_KEY_FALLBACK");
    environment = or(builder.environment, settings, "INNGEST_ENV");
    @Nullable URI base =
        builder.baseUrl != null ? builder.baseUrl : settings.url("INNGEST_BASE_URL").orElse(null);
    URI local =
        URI.create(
            "http://localhost:" + settings.port("INNGEST_DEV_PORT", InngestPorts.DEV_SERVER));
    apiUrl =
        first(
            builder.baseUrl,
            settings.url("INNGEST_API_BASE_URL").orElse(null),
            base,
            dev ? devUrl : null,
            dev ? local : CLOUD_API);
    eventUrl =
        first(
            builder.baseUrl,
            settings.url("INNGEST_EVENT_API_BASE_URL").orElse(null),
            base,
            dev ? devUrl : null,
            dev ? local : CLOUD_EVENTS);
    serverConfigured = !apiUrl.equals(CLOUD_API);
    serveOrigin =
        builder.serveOrigin != null
            ? builder.serveOrigin
            : settings.url("INNGEST_SERVE_ORIGIN").orElse(null);
    servePath = path(or(builder.servePath, settings, "INNGEST_SERVE_PATH"));
    unauthenticatedSync =
        settings.text("INNGEST_ENABLE_UNAUTHED_SYNC").map(InngestOptions::syncFlag).orElse(true);
    appPort = settings.port("INNGEST_APP_PORT", InngestPorts.APP);
  }

  /**
   * Begins options.
   *
   * @return a builder in which nothing is set
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The options that the environment gives.
   *
   * @return the options
   * @throws InngestException if {@code INNGEST_APP_ID} is missing or a value is malformed
   */
  public static InngestOptions fromEnvironment() {
    return builder().build();
  }

  private static @Nullable String or(@Nullable String given, Settings settings, String variable) {
    return given != null ? given : settings.text(variable).orElse(null);
  }

  private static URI first(@Nullable URI... urls) {
    for (URI url : urls) {
      if (url != null) {
        return url;
      }
    }
    throw new IllegalStateException("The last one is a constant");
  }

  private static String requireAppId(@Nullable String appId) {
    if (appId == null || appId.isBlank()) {
      throw new InngestException(
          "The app has no id. Set INNGEST_APP_ID, or call InngestOptions.builder().appId(...).");
    }
    return appId;
  }

  private static @Nullable Boolean flag(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "1", "true" -> Boolean.TRUE;
      case "0", "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  /** Dev mode accepts unsigned calls: a word that is no URL must not switch it on. */
  private static URI devUrl(String text) {
    if (!text.contains("://")) {
      throw new InngestException(
          "INNGEST_DEV is \""
              + text
              + "\"; use 1 or true, 0 or false, or a URL such as http://localhost:9288.");
    }
    return Settings.url("INNGEST_DEV", text);
  }

  private static boolean syncFlag(String text) {
    Boolean flag = flag(text);
    if (flag == null) {
      throw new InngestException(
          "INNGEST_ENABLE_UNAUTHED_SYNC is \"" + text + "\"; use 1 or true, 0 or false.");
    }
    return flag;
  }

  private static @Nullable SigningKey key(
      @Nullable String given, Settings settings, String variable) {
    String text = or(given, settings, variable);
    try {
      return text == null ? null : SigningKey.parse(text);
    } catch (IllegalArgumentException malformed) {
      // Its message does not repeat the key.
      throw new InngestException(variable + ": " + malformed.getMessage(), malformed);
    }
  }

  private static String path(@Nullable String text) {
    if (text == null) {
      return DEFAULT_PATH;
    }
    return text.startsWith("/") ? text : "/" + text;
  }

  /**
   * The app's id; part of every function's id on the server.
   *
   * @return the id
   */
  public String appId() {
    return appId;
  }

  /**
   * The app's own version.
   *
   * @return any text, or empty
   */
  public Optional<String> appVersion() {
    return Optional.ofNullable(appVersion);
  }

  /**
   * Whether the app runs against a development server, which signs nothing.
   *
   * @return false for cloud mode, the default
   */
  public boolean dev() {
    return dev;
  }

  /**
   * The key events are sent with.
   *
   * @return the key; in dev mode a placeholder if none is set
   */
  public Optional<String> eventKey() {
    return eventKey == null && dev ? Optional.of(NO_EVENT_KEY) : Optional.ofNullable(eventKey);
  }

  /**
   * Whether an event key is set.
   *
   * @return false if {@link #eventKey()} is empty or a placeholder
   */
  public boolean hasEventKey() {
    return eventKey != null;
  }

  /**
   * The key requests are signed with.
   *
   * @return the key, or empty
   */
  public Optional<SigningKey> signingKey() {
    return Optional.ofNullable(signingKey);
  }

  /**
   * The key that is accepted beside the first while keys are rotated.
   *
   * @return the key, or empty
   */
  public Optional<SigningKey> signingKeyFallback() {
    return Optional.ofNullable(signingKeyFallback);
  }

  /**
   * The keys that are accepted, in the order in which they are tried.
   *
   * @return none, one or two keys
   */
  public List<SigningKey> signingKeys() {
    List<SigningKey> keys = new ArrayList<>(2);
    signingKey().ifPresent(keys::add);
    signingKeyFallback().ifPresent(keys::add);
    return keys;
  }

  /**
   * The branch environment.
   *
   * @return its name, or empty
   */
  public Optional<String> environment() {
    return Optional.ofNullable(environment);
  }

  /**
   * Base of the server's API.
   *
   * @return a URL without a slash at its end
   */
  public URI apiUrl() {
    return apiUrl;
  }

  /**
   * Base of the server's event API.
   *
   * @return a URL without a slash at its end
   */
  public URI eventUrl() {
    return eventUrl;
  }

  /**
   * Whether the server is another than Inngest Cloud.
   *
   * @return true in dev mode and for a self-hosted server
   */
  public boolean serverConfigured() {
    return serverConfigured;
  }

  /**
   * Scheme, host and port under which the server reaches the app.
   *
   * @return the origin, or empty to take it from each request
   */
  public Optional<URI> serveOrigin() {
    return Optional.ofNullable(serveOrigin);
  }

  /**
   * Path under which the app is served.
   *
   * @return {@code /api/inngest} unless set
   */
  public String servePath() {
    return servePath;
  }

  /**
   * Whether a sync may be asked for without a signature in cloud mode.
   *
   * @return true unless {@code INNGEST_ENABLE_UNAUTHED_SYNC} is false
   */
  public boolean unauthenticatedSync() {
    return unauthenticatedSync;
  }

  /**
   * Port of the standalone server.
   *
   * @return 3001 unless {@code INNGEST_APP_PORT} is set
   */
  public int appPort() {
    return appPort;
  }

  @Override
  public String toString() {
    return "InngestOptions[appId="
        + appId
        + ", mode="
        + (dev ? "dev" : "cloud")
        + ", apiUrl="
        + apiUrl
        + ", eventUrl="
        + eventUrl
        + ", eventKey="
        + (eventKey == null ? "none" : "hidden")
        + ", signingKey="
        + (signingKey == null ? "none" : "hidden")
        + "]";
  }

  /** Collects options; those not set come from the environment. Not safe for several threads. */
  public static final class Builder {
    private @Nullable String appId;
    private @Nullable String appVersion;
    private @Nullable Boolean dev;
    private @Nullable String eventKey;
    private @Nullable String signingKey;
    private @Nullable String signingKeyFallback;
    private @Nullable String environment;
    private @Nullable URI baseUrl;
    private @Nullable URI serveOrigin;
    private @Nullable String servePath;
    private @Nullable Settings settings;

    private Builder() {}

    /**
     * Sets the app's id ({@code INNGEST_APP_ID}); obligatory.
     *
     * @param newAppId any text that is not blank; lower-case letters, digits and hyphens are usual
     * @return this builder
     */
    public Builder appId(String newAppId) {
      this.appId = newAppId;
      return this;
    }

    /**
     * Sets the app's own version ({@code INNGEST_APP_VERSION}).
     *
     * @param newVersion any text
     * @return this builder
     */
    public Builder appVersion(String newVersion) {
      this.appVersion = newVersion;
      return this;
    }

    /**
     * Chooses the mode ({@code INNGEST_DEV}).
     *
     * @param newDev true for a development server, false for cloud mode
     * @return this builder
     */
    public Builder dev(boolean newDev) {
      this.dev = newDev;
      return this;
    }

    /**
     * Sets the key for sending events ({@code INNGEST_EVENT_KEY}).
     *
     * @param newKey the key
     * @return this builder
     */
    public Builder eventKey(String newKey) {
      this.eventKey = newKey;
      return this;
    }

    /**
     * Sets the key for signing ({@code INNGEST_SIGNING_KEY}).
     *
     * @param newKey {@code signkey-<env>-<hex>}
     * @return this builder
     */
    public Builder signingKey(String newKey) {
      this.signingKey = newKey;
      return this;
    }

    /**
     * Sets the second key ({@code INNGEST_SIGNING_KEY_FALLBACK}).
     *
     * @param newKey {@code signkey-<env>-<hex>}
     * @return this builder
     */
    public Builder signingKeyFallback(String newKey) {
      this.signingKeyFallback = newKey;
      return this;
    }

    /**
     * Sets the branch environment ({@code INNGEST_ENV}).
     *
     * @param newEnvironment its name
     * @return this builder
     */
    public Builder environment(String newEnvironment) {
      this.environment = newEnvironment;
      return this;
    }

    /**
     * Sets the server for API and events alike ({@code INNGEST_BASE_URL}, and for one of them
     * {@code INNGEST_API_BASE_URL} or {@code INNGEST_EVENT_API_BASE_URL}).
     *
     * @param newBaseUrl an http or https URL
     * @return this builder
     */
    public Builder baseUrl(URI newBaseUrl) {
      this.baseUrl = Settings.url("The base URL", newBaseUrl.toString());
      return this;
    }

    /**
     * Sets scheme, host and port under which the server reaches the app ({@code
     * INNGEST_SERVE_ORIGIN}).
     *
     * @param newOrigin an http or https URL
     * @return this builder
     */
    public Builder serveOrigin(URI newOrigin) {
      this.serveOrigin = Settings.url("The serve origin", newOrigin.toString());
      return this;
    }

    /**
     * Sets the path under which the app is served ({@code INNGEST_SERVE_PATH}).
     *
     * @param newPath a path
     * @return this builder
     */
    public Builder servePath(String newPath) {
      this.servePath = newPath;
      return this;
    }

    /**
     * Takes given variables instead of system properties, environment and {@code .env}; for tests.
     *
     * @param variables values by the names of the variables
     * @return this builder
     */
    public Builder variables(Map<String, String> variables) {
      this.settings = Settings.of(variables);
      return this;
    }

    /**
     * Ends the options.
     *
     * @return the options
     * @throws InngestException if the app's id is missing or a value is malformed
     */
    public InngestOptions build() {
      return new InngestOptions(this, settings == null ? Settings.ofProcess() : settings);
    }
  }
}
