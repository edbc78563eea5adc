package dev.vibecoder.inngest.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.InngestOptions;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelloWorldAppTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:9288, 9288",
    "http://localhost, 80",
    "https://api.inngest.com, 443",
    "https://localhost:8443, 8443"
  })
  void knowsThePortOfTheServerAlsoWhereItIsNotWritten(URI url, int port) {
    assertThat(HelloWorldApp.port(url)).isEqualTo(port);
  }

  private static String mode(Map<String, String> variables) {
    InngestOptions options =
        InngestOptions.builder().variables(variables).appId("hello-world").build();
    return String.join("\n", HelloWorldApp.modeLines(options));
  }

  @Test
  void saysWhatIsMissingInCloudMode() {
    assertThat(mode(Map.of()))
        .contains("cloud", "INNGEST_SIGNING_KEY is missing", "INNGEST_DEV", "nothing registers");
    assertThat(mode(Map.of("INNGEST_SIGNING_KEY", "signkey-test-12ab")))
        .contains("cloud")
        .doesNotContain("is missing");
    assertThat(mode(Map.of("INNGEST_DEV", "1"))).contains("development").doesNotContain("cloud");
  }
}
