package dev.vibecoder.inngest;

import dev.vibecoder.inngest.internal.config.BranchEnvironment;
import dev.vibecoder.inngest.internal.config.Platform;
import dev.vibecoder.inngest.internal.config.Settings;
import dev.vibecoder.inngest.internal.config.WireText;
import dev.vibecoder.inngest.middleware.Middleware;
import dev.vibecoder.inngest.protocol.SigningKey;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
  private static final Duration STREAM_AFTER = Duration.ofSeconds(10);
  private static final String NO_EVENT_KEY = "NO_EVENT_KEY_SET";

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
  private final @Nullable String servePath;
  private final boolean unauthenticatedSync;
  private final List<Middleware> middleware;
  private final boolean inBandSync;
  private final @Nullable Duration streamAfter;
  private final int appPort;
  private final @Nullable String platform;

  private InngestOptions(Builder builder, Settings settings) {
    appId = requireAppId(or(builder.appId, settings, "INNGEST_APP_ID"));
    appVersion =
        checked(
            or(builder.appVersion, settings, "INNGEST_APP_VERSION"),
            text -> WireText.text("The app's version (INNGEST_APP_VERSION)", text));
    Mode mode = mode(builder.dev, settings);
    dev = mode.dev();
    eventKey = or(builder.eventKey, settings, "INNGEST_EVENT_KEY");
    signingKey = key(builder.signingKey, settings, "INNGEST_SIGNING_KEY");
    signingKeyFallback = key(builder.signingKeyFallback, settings, "INNGEST_SIGNING_KEY_FALLBACK");
    @Nullable String chosen =
        checked(
            or(builder.environment, settings, "INNGEST_ENV"),
            text -> WireText.header("The environment's name (INNGEST_ENV)", text));
    environment = chosen != null ? chosen : BranchEnvironment.of(settings).orElse(null);
    @Nullable URI base = or(null, settings.url("INNGEST_BASE_URL"));
    @Nullable URI local = mode.url(settings);
    apiUrl =
        first(
            builder.apiBaseUrl,
            builder.baseUrl,
            or(null, settings.url("INNGEST_API_BASE_URL")),
            base,
            local,
            CLOUD_API);
    eventUrl =
        first(
            builder.eventBaseUrl,
            builder.baseUrl,
            or(null, settings.url("INNGEST_EVENT_API_BASE_URL")),
            base,
            local,
            CLOUD_EVENTS);
    serverConfigured = !apiUrl.equals(CLOUD_API);
    serveOrigin = or(builder.serveOrigin, settings.url("INNGEST_SERVE_ORIGIN"));
    servePath =
        checked(
            or(builder.servePath, settings, "INNGEST_SERVE_PATH"),
            text -> WireText.path("The serve path (INNGEST_SERVE_PATH)", text));
    middleware = List.copyOf(builder.middleware);
    unauthenticatedSync =
        flag(builder.unauthenticatedSync, settings, "INNGEST_ENABLE_UNAUTHED_SYNC");
    inBandSync = flag(builder.inBandSync, settings, "INNGEST_ALLOW_IN_BAND_SYNC");
    streamAfter =
        builder.streamAfter != null
            ? builder.streamAfter
            : settings.text("INNGEST_STREAMING").map(InngestOptions::streaming).orElse(null);
    appPort =
        builder.appPort != null
            ? builder.appPort
            : settings.port("INNGEST_APP_PORT", InngestPorts.APP);
    platform = Platform.of(settings).orElse(null);
  }

  /**
   * Which kind of server the app runs against.
   *
   * @param dev whether it is one that signs nothing
   * @param devUrl where that is, if the variable says so
   */
  private record Mode(boolean dev, @Nullable URI devUrl) {
    /** Where the development server is; null in cloud mode, which its settings do not concern. */
    @Nullable URI url(Settings settings) {
      if (!dev) {
        return null;
      }
      return devUrl != null
          ? devUrl
          : URI.create(
              "http://localhost:" + settings.port("INNGEST_DEV_PORT", InngestPorts.DEV_SERVER));
    }
  }

  private static Mode mode(@Nullable Boolean chosen, Settings settings) {
    if (Boolean.FALSE.equals(chosen)) {
      return new Mode(false, null);
    }
    Optional<String> setting = settings.text("INNGEST_DEV");
    Boolean flag = setting.map(InngestOptions::flag).orElse(null);
    @Nullable URI url = setting.isPresent() && flag == null ? devUrl(setting.get()) : null;
    return new Mode(Boolean.TRUE.equals(chosen) || url != null || Boolean.TRUE.equals(flag), url);
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

  /** An empty text counts as none, wherever it comes from. */
  private static @Nullable String or(@Nullable String given, Settings settings, String variable) {
    return given != null && !given.isBlank() ? given.strip() : settings.text(variable).orElse(null);
  }

  private static @Nullable URI or(@Nullable URI given, Optional<URI> setting) {
    return given != null ? given : setting.orElse(null);
  }

  private static @Nullable String checked(@Nullable String text, UnaryOperator<String> check) {
    return text == null ? null : check.apply(text);
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
    if (appId == null) {
      throw new InngestException(
          "The app has no id. Set INNGEST_APP_ID, or call InngestOptions.builder().appId(...).");
    }
    return WireText.text("The app's id (INNGEST_APP_ID)", appId);
  }

  private static @Nullable Boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
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

  private static boolean flag(@Nullable Boolean given, Settings settings, String variable) {
    if (given != null) {
      return given;
    }
    Optional<String> text = settings.text(variable);
    if (text.isEmpty()) {
      return true;
    }
    Boolean flag = flag(text.get());
    if (flag == null) {
      throw new InngestException(
          variable + " is \"" + text.get() + "\"; use 1 or true, 0 or false.");
    }
    return flag;
  }

  private static @Nullable Duration streaming(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "0", "false" -> null;
      case "1", "true", "allow" -> STREAM_AFTER;
      case "force" -> Duration.ZERO;
      default ->
          throw new InngestException(
              "INNGEST_STREAMING is \""
                  + text
                  + "\"; use true or allow for calls that take longer than "
                  + STREAM_AFTER.toSeconds()
                  + " seconds, force for all, or false.");
    };
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
   * The branch environment: the one that is set, else the branch that the host says the app was
   * built from ({@code BRANCH_NAME}, or what Vercel, Netlify, Cloudflare Pages, Render or Railway
   * set).
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
   * Path under which the server reaches the app.
   *
   * @return a path that begins with a slash, or empty to take it from each request; {@code
   *     InngestServer} then serves at {@code /api/inngest}
   */
  public Optional<String> servePath() {
    return Optional.ofNullable(servePath);
  }

  /**
   * Whether a sync may be asked for without a signature in cloud mode. What is registered then is
   * where the app itself says it is, never where the request says.
   *
   * @return true unless {@code INNGEST_ENABLE_UNAUTHED_SYNC} is false
   */
  public boolean unauthenticatedSync() {
    return unauthenticatedSync;
  }

  /**
   * The middleware around all functions of the app and all events that its client sends.
   *
   * @return the middleware, the outermost first
   */
  public List<Middleware> middleware() {
    return middleware;
  }

  /**
   * Whether the server may ask for a sync whose answer is the registration itself, instead of
   * having the app call it.
   *
   * @return true unless {@code INNGEST_ALLOW_IN_BAND_SYNC} is false
   */
  public boolean inBandSync() {
    return inBandSync;
  }

  /**
   * How long a call may take before its answer is begun and kept open with blanks, so that no proxy
   * or host gives it up.
   *
   * @return the time, or empty, the default, for answers that come in one piece
   */
  public Optional<Duration> streamAfter() {
    return Optional.ofNullable(streamAfter);
  }

  /**
   * Port of the standalone server.
   *
   * @return 3001 unless set; 0 for any free one
   */
  public int appPort() {
    return appPort;
  }

  /**
   * Where the app is hosted, from the variables that the hosts set.
   *
   * @return {@code vercel}, {@code netlify}, {@code cloudflare-pages}, {@code render}, {@code
   *     railway}, or empty
   */
  public Optional<String> platform() {
    return Optional.ofNullable(platform);
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
    private @Nullable URI apiBaseUrl;
    private @Nullable URI eventBaseUrl;
    private @Nullable URI serveOrigin;
    private @Nullable String servePath;
    private @Nullable Boolean unauthenticatedSync;
    private final List<Middleware> middleware = new ArrayList<>();
    private @Nullable Boolean inBandSync;
    private @Nullable Duration streamAfter;
    private @Nullable Integer appPort;
    private @Nullable Settings settings;

    private Builder() {}

    /**
     * Sets the app's id ({@code INNGEST_APP_ID}); obligatory.
     *
     * @param newAppId any text that is not blank and has no control characters; lower-case letters,
     *     digits and hyphens are usual
     * @return this builder
     */
    public Builder appId(String newAppId) {
      this.appId = newAppId;
      return this;
    }

    /**
     * Sets the app's own version ({@code INNGEST_APP_VERSION}).
     *
     * @param newVersion any text without control characters; a blank one counts as none
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
     * @param newKey the key; a blank one counts as none
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
     * @param newEnvironment its name, printable ASCII; a blank one counts as none
     * @return this builder
     */
    public Builder environment(String newEnvironment) {
      this.environment = newEnvironment;
      return this;
    }

    /**
     * Sets the server for API and events alike ({@code INNGEST_BASE_URL}).
     *
     * @param newBaseUrl an http or https URL without user-info, query and fragment
     * @return this builder
     * @throws InngestException if it is none
     */
    public Builder baseUrl(URI newBaseUrl) {
      this.baseUrl = Settings.url("The base URL", newBaseUrl.toString());
      return this;
    }

    /**
     * Sets the server for the API alone ({@code INNGEST_API_BASE_URL}); precedes {@link #baseUrl}.
     *
     * @param newBaseUrl an http or https URL without user-info, query and fragment
     * @return this builder
     * @throws InngestException if it is none
     */
    public Builder apiBaseUrl(URI newBaseUrl) {
      this.apiBaseUrl = Settings.url("The API's base URL", newBaseUrl.toString());
      return this;
    }

    /**
     * Sets the server for events alone ({@code INNGEST_EVENT_API_BASE_URL}); precedes {@link
     * #baseUrl}.
     *
     * @param newBaseUrl an http or https URL without user-info, query and fragment
     * @return this builder
     * @throws InngestException if it is none
     */
    public Builder eventBaseUrl(URI newBaseUrl) {
      this.eventBaseUrl = Settings.url("The event API's base URL", newBaseUrl.toString());
      return this;
    }

    /**
     * Sets scheme, host and port under which the server reaches the app ({@code
     * INNGEST_SERVE_ORIGIN}).
     *
     * @param newOrigin an http or https URL without user-info, query and fragment
     * @return this builder
     * @throws InngestException if it is none
     */
    public Builder serveOrigin(URI newOrigin) {
      this.serveOrigin = Settings.url("The serve origin", newOrigin.toString());
      return this;
    }

    /**
     * Sets the path under which the server reaches the app ({@code INNGEST_SERVE_PATH}), whatever
     * the path of a request.
     *
     * @param newPath a path, percent-encoded where necessary
     * @return this builder
     */
    public Builder servePath(String newPath) {
      this.servePath = newPath;
      return this;
    }

    /**
     * Sets whether a sync may be asked for without a signature in cloud mode ({@code
     * INNGEST_ENABLE_UNAUTHED_SYNC}).
     *
     * @param allowed true unless set
     * @return this builder
     */
    public Builder unauthenticatedSync(boolean allowed) {
      this.unauthenticatedSync = allowed;
      return this;
    }

    /**
     * Adds middleware for all functions of the app and all events that its client sends, within
     * what was added before.
     *
     * @param more the middleware, the outermost first
     * @return this
     */
    public Builder middleware(Middleware... more) {
      middleware.addAll(List.of(more));
      return this;
    }

    /**
     * Sets whether the server may ask for a sync whose answer is the registration itself ({@code
     * INNGEST_ALLOW_IN_BAND_SYNC}).
     *
     * @param allowed true unless set
     * @return this builder
     */
    public Builder inBandSync(boolean allowed) {
      this.inBandSync = allowed;
      return this;
    }

    /**
     * Has answers begin before the call has ended when it takes longer than a given time ({@code
     * INNGEST_STREAMING}: {@code true} for 10 seconds, {@code force} for none), and be kept open
     * with blanks, so that no proxy or host gives them up. For adapters that can.
     *
     * @param longerThan the time; zero for all calls
     * @return this builder
     */
    public Builder streamAfter(Duration longerThan) {
      if (longerThan.isNegative()) {
        throw new InngestException("An answer cannot begin " + longerThan + " after its call.");
      }
      this.streamAfter = longerThan;
      return this;
    }

    /**
     * Sets the port of the standalone server ({@code INNGEST_APP_PORT}).
     *
     * @param newPort 1 to 65535, or 0 for any free one; 3001 unless set
     * @return this builder
     * @throws InngestException if it is no port
     */
    public Builder appPort(int newPort) {
      this.appPort = Settings.requirePort("The app's port", newPort);
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
