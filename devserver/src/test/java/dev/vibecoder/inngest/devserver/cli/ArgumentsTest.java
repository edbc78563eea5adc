package dev.vibecoder.inngest.devserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static Arguments parse(Map<String, String> environment, String... arguments)
      throws Arguments.UsageException {
    return Arguments.parse(arguments, environment);
  }

  @Test
  void hasTheProjectsPortsByDefault() throws Exception {
    Arguments arguments = parse(Map.of());
    assertThat(arguments.port()).isEqualTo(9288);
    assertThat(arguments.connectPort()).isEqualTo(9289);
    assertThat(arguments.host()).isEqualTo("127.0.0.1");
    assertThat(arguments.retryInterval()).isEmpty();
  }

  @Test
  void optionsWinOverTheEnvironment() throws Exception {
    Map<String, String> environment =
        Map.of("INNGEST_DEV_PORT", "1000", "INNGEST_CONNECT_PORT", "1001");
    assertThat(parse(environment).port()).isEqualTo(1000);
    Arguments given = parse(environment, "-p", "2000", "--gateway-port=2001");
    assertThat(given.port()).isEqualTo(2000);
    assertThat(given.connectPort()).isEqualTo(2001);
    assertThat(parse(environment, "--connect-gateway-port", "3").connectPort()).isEqualTo(3);
  }

  @Test
  void takesAppsHostAndInterval() throws Exception {
    Arguments arguments =
        parse(
            Map.of(),
            "-u",
            "localhost:3000/api/inngest",
            "--sdk-url",
            "https://a.example/x",
            "--host",
            "0.0.0.0",
            "--retry-interval",
            "2");
    assertThat(arguments.sdkUrls())
        .containsExactly(
            URI.create("http://localhost:3000/api/inngest"), URI.create("https://a.example/x"));
    assertThat(arguments.host()).isEqualTo("0.0.0.0");
    assertThat(arguments.retryInterval()).contains(Duration.ofSeconds(2));
    assertThat(parse(Map.of(), "--help").help()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prot | Did you mean --port?",
        "--nonsense | See --help",
        "--port | needs a value",
        "--port=x | no number",
        "--port=70000 | no port",
        "-u=%% | There is no option",
        "--sdk-url=ftp://x | only http and https",
        "--sdk-url=file:///x | only http and https",
        "--sdk-url=http://x:99999 | no URL"
      })
  void saysWhatIsWrong(String argument, String message) {
    assertThatThrownBy(() -> parse(Map.of(), argument))
        .isInstanceOf(Arguments.UsageException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> parse(Map.of("INNGEST_DEV_PORT", "nine")))
        .hasMessageContaining("INNGEST_DEV_PORT");
  }
}
