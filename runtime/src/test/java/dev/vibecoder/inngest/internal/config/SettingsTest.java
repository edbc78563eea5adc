package dev.vibecoder.inngest.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.InngestException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void aPropertyPrecedesTheEnvironmentAndThatTheFile() {
    Map<String, String> file = Map.of("INNGEST_APP_ID", "file");
    Map<String, String> environment = Map.of("INNGEST_APP_ID", "environment");
    Map<String, String> properties = Map.of("inngest.app.id", "property");
    assertThat(Settings.of(properties, environment, file).text("INNGEST_APP_ID"))
        .contains("property");
    assertThat(Settings.of(Map.of(), environment, file).text("INNGEST_APP_ID"))
        .contains("environment");
    assertThat(Settings.of(Map.of(), Map.of(), file).text("INNGEST_APP_ID")).contains("file");
    assertThat(Settings.of(Map.of(), Map.of(), Map.of()).text("INNGEST_APP_ID")).isEmpty();
  }

  @Test
  void anEmptyValueCountsAsNone() {
    Settings settings =
        Settings.of(
            Map.of("inngest.app.id", "  "),
            Map.of("INNGEST_APP_ID", ""),
            Map.of("INNGEST_APP_ID", " x "));
    assertThat(settings.text("INNGEST_APP_ID")).contains("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "65536", "9288.0", "99999999999", "0x10"})
  void aPortThatIsNoneIsAnErrorThatNamesTheVariable(String port) {
    assertThatThrownBy(
            () -> Settings.of(Map.of("INNGEST_DEV_PORT", port)).port("INNGEST_DEV_PORT", 1))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_DEV_PORT")
        .hasMessageContaining(port)
        .hasMessageContaining("1 to 65535, or 0 for any free one");
    assertThat(Settings.of(Map.of("INNGEST_APP_PORT", "0")).port("INNGEST_APP_PORT", 1)).isZero();
  }

  @Test
  void aPortThatIsUnsetIsTheDefault() {
    assertThat(Settings.of(Map.of()).port("INNGEST_DEV_PORT", 9288)).isEqualTo(9288);
    assertThat(Settings.of(Map.of("INNGEST_DEV_PORT", " 1234 ")).port("INNGEST_DEV_PORT", 9288))
        .isEqualTo(1234);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9288,http://localhost:9288",
    "http://localhost:9288//,http://localhost:9288",
    "localhost:9288,http://localhost:9288",
    "HTTPS://api.example.com/base/,HTTPS://api.example.com/base",
    "http://[::1]:1,http://[::1]:1"
  })
  void readsBaseUrls(String text, URI url) {
    assertThat(Settings.url("THE_URL", text)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "ftp://host", "http://a b", "://x", "http:///path"})
  void aUrlThatIsNoneIsAnErrorThatNamesTheVariable(String text) {
    assertThatThrownBy(() -> Settings.of(Map.of("INNGEST_BASE_URL", text)).url("INNGEST_BASE_URL"))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("INNGEST_BASE_URL");
  }

  /** Base URLs are logged. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:s3cret@host",
        "user:s3cret@host:1",
        "http://host/?token=s3cret",
        "http://host?s3cret",
        "http://host/#s3cret",
        "http://user:s3 cret@host",
        "ftp://user:s3cret@host/?s3cret"
      })
  void aUrlWithMoreThanAPathIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> Settings.url("THE_URL", text))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining("THE_URL")
        .hasMessageContaining("host")
        .message()
        .doesNotContain("s3cret", "cret@");
  }
}
