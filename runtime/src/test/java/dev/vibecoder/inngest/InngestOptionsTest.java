package dev.vibecoder.inngest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.internal.config.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InngestOptionsTest {
  private static InngestOptions.Builder with(String... pairs) {
    Map<String, String> variables = new HashMap<>(Map.of("INNGEST_APP_ID", "app"));
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(pairs[i], pairs[i + 1]);
    }
    return InngestOptions.builder().variables(variables);
  }

  @Test
  void nothingSetIsCloudMode() {
    InngestOptions options = with().build();
    assertThat(options.dev()).isFalse();
    assertThat(options.apiUrl()).isEqualTo(URI.create("https://api.inngest.com"));
    assertThat(options.eventUrl()).isEqualTo(URI.create("https://inn.gs"));
    assertThat(options.serverConfigured()).isFalse();
    assertThat(options.eventKey()).isEmpty();
    assertThat(options.hasEventKey()).isFalse();
    assertThat(options.signingKeys()).isEmpty();
    assertThat(options.servePath()).isEmpty();
    assertThat(options.platform()).isEmpty();
    assertThat(options.appPort()).isEqualTo(3001);
    assertThat(options.unauthenticatedSync()).isTrue();
  }

  @Test
  void theBuilderPrecedesTheEnvironment() {
    InngestOptions options =
        with(
                "INNGEST_DEV",
                "1",
                "INNGEST_EVENT_KEY",
                "from-environment",
                "INNGEST_ENV",
                "from-environment",
                "INNGEST_BASE_URL",
                "http://environment",
                "INNGEST_SERVE_PATH",
                "/environment",
                "INNGEST_SERVE_ORIGIN",
                "http://environment",
                "INNGEST_APP_VERSION",
                "1",
                "INNGEST_ENABLE_UNAUTHED_SYNC",
                "true",
                "INNGEST_APP_PORT",
                "2")
            .appId("built")
            .dev(false)
            .eventKey("built")
            .environment("built")
            .baseUrl(URI.create("http://built"))
            .servePath("built")
            .serveOrigin(URI.create("https://built"))
            .appVersion("2")
            .unauthenticatedSync(false)
            .appPort(1)
            .build();
    assertThat(options.appId()).isEqualTo("built");
    assertThat(options.dev()).isFalse();
    assertThat(options.eventKey()).contains("built");
    assertThat(options.environment()).contains("built");
    assertThat(options.apiUrl()).isEqualTo(URI.create("http://built"));
    assertThat(options.eventUrl()).isEqualTo(URI.create("http://built"));
    assertThat(options.servePath()).contains("/built");
    assertThat(options.unauthenticatedSync()).isFalse();
    assertThat(options.appPort()).isEqualTo(1);
    assertThat(options.serveOrigin()).contains(URI.create("https://built"));
    assertThat(options.appVersion()).contains("2");
  }

  @ParameterizedTest
  @CsvSource({
    "1,true,http://localhost:9288",
    "true,true,http://localhost:9288",
    "TRUE,true,http://localhost:9288",
    "0,false,https://api.inngest.com",
    "false,false,https://api.inngest.com",
    "http://dev:8288/,true,http://dev:8288",
    "https://dev,true,https://dev"
  })
  void inngestDevIsAFlagOrAUrl(String value, boolean dev, URI url) {
    InngestOptions options = with("INNGEST_DEV", value).build();
    assertThat(options.dev()).isEqualTo(dev);
    assertThat(options.apiUrl()).isEqualTo(url);
  }

  /** Dev mode accepts unsigned calls, so nothing but a clear word may switch it on. */
  @ParameterizedTest
  @ValueSource(strings = {"no", "off", "yes", "2", "production", "ftp://dev"})
  void inngestDevThatIsNeitherIsAnError(String value) {
    assertThatThrownBy(() -> with("INNGEST_DEV", value).build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_DEV")
        .hasMessageContaining(value);
  }

  /** A switch that is misspelt must not leave open what it was meant to close. */
  @ParameterizedTest
  @ValueSource(strings = {"no", "off", "disabled"})
  void aFlagThatIsNoneIsAnError(String value) {
    assertThatThrownBy(() -> with("INNGEST_ENABLE_UNAUTHED_SYNC", value).build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_ENABLE_UNAUTHED_SYNC");
    assertThat(with("INNGEST_ENABLE_UNAUTHED_SYNC", "false").build().unauthenticatedSync())
        .isFalse();
  }

  @Test
  void baseUrlsPrecedeOneAnother() {
    InngestOptions all =
        with(
                "INNGEST_DEV",
                "http://dev",
                "INNGEST_BASE_URL",
                "http://base",
                "INNGEST_API_BASE_URL",
                "http://api",
                "INNGEST_EVENT_API_BASE_URL",
                "http://events")
            .build();
    assertThat(all.apiUrl()).isEqualTo(URI.create("http://api"));
    assertThat(all.eventUrl()).isEqualTo(URI.create("http://events"));
    InngestOptions base =
        with("INNGEST_DEV", "http://dev", "INNGEST_BASE_URL", "http://base").build();
    assertThat(base.apiUrl()).isEqualTo(URI.create("http://base"));
    assertThat(base.eventUrl()).isEqualTo(URI.create("http://base"));
    InngestOptions dev = with("INNGEST_DEV", "1", "INNGEST_DEV_PORT", "1234").build();
    assertThat(dev.apiUrl()).isEqualTo(URI.create("http://localhost:1234"));
    assertThat(dev.eventUrl()).isEqualTo(URI.create("http://localhost:1234"));
    assertThat(dev.serverConfigured()).isTrue();
  }

  @Test
  void devModeHasAPlaceholderForTheEventKey() {
    InngestOptions options = with("INNGEST_DEV", "1").build();
    assertThat(options.eventKey()).contains("NO_EVENT_KEY_SET");
    assertThat(options.hasEventKey()).isFalse();
  }

  @Test
  void anAppWithoutIdIsAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(() -> InngestOptions.builder().variables(Map.of()).build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_APP_ID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INNGEST_SIGNING_KEY", "INNGEST_SIGNING_KEY_FALLBACK"})
  void aMalformedSigningKeyIsAnErrorThatNamesTheVariableAndNotTheKey(String variable) {
    assertThatThrownBy(() -> with(variable, "signkey-test-n0thex").build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining(variable)
        .message()
        .doesNotContain("n0thex");
  }

  @Test
  void bothSigningKeysAreTriedInTheirOrder() {
    InngestOptions options =
        with(
                "INNGEST_SIGNING_KEY",
                "signkey-test-12345678",
                "INNGEST_SIGNING_KEY_FALLBACK",
                "signkey-test-87654321")
            .build();
    assertThat(options.signingKeys())
        .containsExactly(
            options.signingKey().orElseThrow(), options.signingKeyFallback().orElseThrow());
  }

  @Test
  void noKeyIsEverPrinted() {
    InngestOptions options =
        with(
                "INNGEST_SIGNING_KEY",
                "signkey-test-c0ffee01",
                "INNGEST_SIGNING_KEY_FALLBACK",
                "signkey-test-c0ffee02",
                "INNGEST_EVENT_KEY",
                "event-c0ffee03")
            .build();
    assertThat(options.toString()).doesNotContain("c0ffee").contains("app");
    assertThat(Inngest.of(options).toString()).doesNotContain("c0ffee");
    assertThat(options.signingKeys().toString()).doesNotContain("c0ffee");
  }

  @Test
  void urlsFollowThePorts() {
    InngestUrls urls =
        InngestUrls.from(
            Settings.of(
                Map.of(
                    "INNGEST_DEV_PORT",
                    "1",
                    "INNGEST_CONNECT_PORT",
                    "2",
                    "INNGEST_APP_PORT",
                    "3")));
    assertThat(urls.devServer()).isEqualTo(URI.create("http://localhost:1"));
    assertThat(urls.dashboard()).isEqualTo(URI.create("http://localhost:1/dashboard"));
    assertThat(urls.connectGateway()).isEqualTo(URI.create("ws://localhost:2/v0/connect"));
    assertThat(urls.app()).isEqualTo(URI.create("http://localhost:3/api/inngest"));
    InngestUrls defaults = InngestUrls.from(Settings.of(Map.of()));
    assertThat(defaults.devServer()).isEqualTo(URI.create("http://localhost:9288"));
    assertThat(defaults.connectGateway().getPort()).isEqualTo(9289);
    assertThat(defaults.app().getPort()).isEqualTo(3001);
    assertThat(InngestUrls.from(Settings.of(Map.of("INNGEST_SERVE_PATH", "/hook"))).app())
        .isEqualTo(URI.create("http://localhost:3001/hook"));
  }

  @Test
  void theBuilderSetsApiAndEventsApart() {
    InngestOptions options =
        with("INNGEST_API_BASE_URL", "http://environment")
            .baseUrl(URI.create("http://both"))
            .apiBaseUrl(URI.create("http://api/"))
            .build();
    assertThat(options.apiUrl()).isEqualTo(URI.create("http://api"));
    assertThat(options.eventUrl()).isEqualTo(URI.create("http://both"));
    assertThat(with().eventBaseUrl(URI.create("http://events")).build().eventUrl())
        .isEqualTo(URI.create("http://events"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u:s3cret@host", "http://host?s3cret", "http://host/#s3cret"})
  void aBaseUrlThatMustNotBeLoggedIsRefusedAtOnce(URI url) {
    InngestOptions.Builder builder = with();
    for (ThrowingCallable set :
        List.<ThrowingCallable>of(
            () -> builder.baseUrl(url),
            () -> builder.apiBaseUrl(url),
            () -> builder.eventBaseUrl(url),
            () -> builder.serveOrigin(url),
            () -> with("INNGEST_DEV", url.toString()).build())) {
      assertThatThrownBy(set)
          .isInstanceOf(InngestException.class)
          .hasMessageContaining("user-info, query or fragment")
          .message()
          .doesNotContain("s3cret");
    }
  }

  @Test
  void whatIsBlankInTheBuilderCountsAsNone() {
    InngestOptions options =
        with("INNGEST_ENV", "from-environment")
            .appId(" ")
            .eventKey("")
            .signingKey("")
            .environment(" ")
            .appVersion("")
            .servePath("")
            .build();
    assertThat(options.appId()).isEqualTo("app");
    assertThat(options.eventKey()).isEmpty();
    assertThat(options.hasEventKey()).isFalse();
    assertThat(options.signingKeys()).isEmpty();
    assertThat(options.environment()).contains("from-environment");
    assertThat(options.appVersion()).isEmpty();
    assertThat(options.servePath()).isEmpty();
  }

  @Test
  void settingsOfDevModeDoNotBreakACloudApp() {
    assertThat(with("INNGEST_DEV_PORT", "none").build().dev()).isFalse();
    assertThat(with("INNGEST_DEV", "maybe").dev(false).build().dev()).isFalse();
    assertThatThrownBy(() -> with("INNGEST_DEV", "1", "INNGEST_DEV_PORT", "none").build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_DEV_PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ветка", "a\nb", "a\u007Fb", "caf\u00e9"})
  void anEnvironmentThatIsNoHeaderIsAnErrorAtTheStart(String name) {
    assertThatThrownBy(() -> with("INNGEST_ENV", name).build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_ENV")
        .hasMessageContaining("header")
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000b", "a\u0085b", "a\ud800b"})
  void anAppIdOrVersionThatCannotBeSentIsAnErrorAtTheStart(String text) {
    assertThatThrownBy(() -> with().appId(text).build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_APP_ID");
    assertThatThrownBy(() -> with().appVersion(text).build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_APP_VERSION");
    assertThat(with().appId("приложение's 🕉️").build().appId()).isEqualTo("приложение's 🕉️");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a?b", "/a#b", "/путь", "/a/../b", "//host/a", "/%zz"})
  void aServePathThatIsNoneIsAnErrorAtTheStart(String path) {
    assertThatThrownBy(() -> with("INNGEST_SERVE_PATH", path).build())
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_SERVE_PATH");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void anAppPortThatIsNoneIsRefused(int port) {
    assertThatThrownBy(() -> with().appPort(port)).isInstanceOf(InngestException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "VERCEL,1,vercel",
    "VERCEL,0,",
    "NETLIFY,true,netlify",
    "CF_PAGES,1,cloudflare-pages",
    "RENDER,true,render",
    "RENDER,false,",
    "RAILWAY_ENVIRONMENT,production,railway"
  })
  void thePlatformIsKnownByItsVariables(String variable, String value, String platform) {
    assertThat(with(variable, value).build().platform()).isEqualTo(Optional.ofNullable(platform));
  }
}
