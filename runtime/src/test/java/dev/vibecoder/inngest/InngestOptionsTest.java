package dev.vibecoder.inngest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.internal.config.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
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
    assertThat(options.servePath()).isEqualTo("/api/inngest");
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
                "1")
            .appId("built")
            .dev(false)
            .eventKey("built")
            .environment("built")
            .baseUrl(URI.create("http://built"))
            .servePath("built")
            .serveOrigin(URI.create("https://built"))
            .appVersion("2")
            .build();
    assertThat(options.appId()).isEqualTo("built");
    assertThat(options.dev()).isFalse();
    assertThat(options.eventKey()).contains("built");
    assertThat(options.environment()).contains("built");
    assertThat(options.apiUrl()).isEqualTo(URI.create("http://built"));
    assertThat(options.eventUrl()).isEqualTo(URI.create("http://built"));
    assertThat(options.servePath()).isEqualTo("/built");
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
  }
}
