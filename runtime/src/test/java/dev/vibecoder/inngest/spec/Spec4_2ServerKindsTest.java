package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.InngestOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 4.2: which server an app speaks to. */
class Spec4_2ServerKindsTest {
  private static InngestOptions.Builder options(String settings) {
    Map<String, String> variables = new HashMap<>();
    if (settings != null) {
      for (String setting : settings.split(" ", -1)) {
        variables.put(setting.replaceFirst("=.*", ""), setting.replaceFirst(".*?=", ""));
      }
    }
    return InngestOptions.builder().variables(variables).appId("app");
  }

  @ParameterizedTest
  @CsvSource({
    ",https://api.inngest.com,https://inn.gs",
    "INNGEST_DEV=0,https://api.inngest.com,https://inn.gs",
    "INNGEST_DEV=false,https://api.inngest.com,https://inn.gs",
    "INNGEST_DEV=1,http://localhost:9288,http://localhost:9288",
    "INNGEST_DEV=1 INNGEST_DEV_PORT=8288,http://localhost:8288,http://localhost:8288",
    "INNGEST_DEV=http://dev:1,http://dev:1,http://dev:1",
    "INNGEST_BASE_URL=http://base,http://base,http://base",
    "INNGEST_DEV=http://dev INNGEST_BASE_URL=http://base,http://base,http://base",
    "INNGEST_BASE_URL=http://base INNGEST_API_BASE_URL=http://api,http://api,http://base",
    "INNGEST_BASE_URL=http://base INNGEST_EVENT_API_BASE_URL=http://ev,http://base,http://ev",
    "INNGEST_DEV=1 INNGEST_EVENT_API_BASE_URL=http://ev,http://localhost:9288,http://ev"
  })
  void theTwoOrigins(String settings, String api, String events) {
    InngestOptions options = options(settings).build();
    assertThat(options.apiUrl()).isEqualTo(URI.create(api));
    assertThat(options.eventUrl()).isEqualTo(URI.create(events));
  }

  @Test
  void whatTheProgramSaysPrecedesEveryVariable() {
    String all =
        "INNGEST_DEV=http://dev INNGEST_BASE_URL=http://base INNGEST_API_BASE_URL=http://api"
            + " INNGEST_EVENT_API_BASE_URL=http://ev";
    InngestOptions options = options(all).baseUrl(URI.create("http://program")).build();
    assertThat(options.apiUrl()).isEqualTo(URI.create("http://program"));
    assertThat(options.eventUrl()).isEqualTo(URI.create("http://program"));
    InngestOptions each =
        options(all)
            .baseUrl(URI.create("http://program"))
            .apiBaseUrl(URI.create("http://program-api"))
            .eventBaseUrl(URI.create("http://program-events"))
            .build();
    assertThat(each.apiUrl()).isEqualTo(URI.create("http://program-api"));
    assertThat(each.eventUrl()).isEqualTo(URI.create("http://program-events"));
  }

  @ParameterizedTest
  @CsvSource({
    ",false",
    "INNGEST_DEV=0,false",
    "INNGEST_DEV=1,true",
    "INNGEST_DEV=true,true",
    "INNGEST_DEV=http://dev,true",
    "INNGEST_BASE_URL=http://base,false"
  })
  void onlyTheVariableOrTheProgramSwitchesDevModeOn(String settings, boolean dev) {
    assertThat(options(settings).build().dev()).isEqualTo(dev);
    assertThat(options(settings).dev(true).build().dev()).isTrue();
    assertThat(options(settings).dev(false).build().dev()).isFalse();
  }
}
