package dev.vibecoder.inngest.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vibecoder.inngest.Inngest;
import dev.vibecoder.inngest.InngestException;
import dev.vibecoder.inngest.InngestOptions;
import dev.vibecoder.inngest.JsonEvent;
import dev.vibecoder.inngest.support.LogLines;
import dev.vibecoder.inngest.support.StubApi;
import dev.vibecoder.inngest.support.Trees;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3: the variables that an SDK must and may support. */
class Spec3EnvironmentVariablesTest {
  private static InngestOptions options(String... namesAndValues) {
    Map<String, String> variables = new HashMap<>();
    variables.put("INNGEST_APP_ID", "app");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return InngestOptions.builder().variables(variables).build();
  }

  @Test
  void theEventKeyIsPartOfTheUrl() {
    try (StubApi api = StubApi.accepting()) {
      Inngest.of(options("INNGEST_EVENT_KEY", "k1", "INNGEST_BASE_URL", api.url().toString()))
          .send(JsonEvent.of("a/b", Trees.parse("{}")));
      assertThat(api.only().uri().getPath()).isEqualTo("/e/k1");
    }
  }

  @Test
  void theEnvironmentIsNamedInEveryRequestAndAnswer() {
    try (SpecApp app = SpecApp.dev().with("INNGEST_ENV", "feature/x")) {
      assertThat(app.send("PUT", "", "").header("X-Inngest-Env")).isEqualTo("feature/x");
      Inngest.of(app.options()).send(JsonEvent.of("a/b", Trees.parse("{}")));
      assertThat(app.api.requests())
          .hasSize(2)
          .allMatch(request -> request.header("X-Inngest-Env").equals("feature/x"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BRANCH_NAME",
    "VERCEL_GIT_COMMIT_REF",
    "BRANCH",
    "CF_PAGES_BRANCH",
    "RENDER_GIT_BRANCH",
    "RAILWAY_GIT_BRANCH"
  })
  void theHostsBranchIsTheEnvironmentWhereNoneIsSet(String variable) {
    assertThat(options(variable, "feature/x").environment()).contains("feature/x");
    assertThat(options(variable, "feature/x", "INNGEST_ENV", "set").environment()).contains("set");
    assertThat(options().environment()).isEmpty();
  }

  @Test
  void theFirstOfSeveralBranchesCounts() {
    assertThat(options("RENDER_GIT_BRANCH", "r", "BRANCH", "b").environment()).contains("b");
  }

  @Test
  void aBranchThatNoHeaderCanHoldIsNamedInTheLogAndNotSent() {
    try (LogLines log = new LogLines()) {
      assertThat(options("BRANCH", "\u0432\u0435\u0442\u043a\u0430").environment()).isEmpty();
      assertThat(log.lines("BRANCH is no ASCII text")).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "VERCEL,1,vercel",
    "NETLIFY,true,netlify",
    "CF_PAGES,1,cloudflare-pages",
    "RENDER,true,render",
    "RAILWAY_ENVIRONMENT,production,railway"
  })
  void thePlatformIsFoundOut(String variable, String value, String platform) {
    assertThat(options(variable, value).platform()).contains(platform);
    assertThat(options(variable.equals("RAILWAY_ENVIRONMENT") ? "X" : variable, "no").platform())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "1,true", "0,false", "false,false"})
  void switches(String value, boolean on) {
    assertThat(options("INNGEST_ALLOW_IN_BAND_SYNC", value).inBandSync()).isEqualTo(on);
    assertThat(options("INNGEST_ENABLE_UNAUTHED_SYNC", value).unauthenticatedSync()).isEqualTo(on);
    assertThat(options("INNGEST_STREAMING", value).streamAfter().isPresent()).isEqualTo(on);
  }

  @Test
  void switchesThatAreNotSet() {
    assertThat(options().inBandSync()).isTrue();
    assertThat(options().unauthenticatedSync()).isTrue();
    assertThat(options().streamAfter()).isEmpty();
  }

  @Test
  void streamingCanBeAllowedOrForced() {
    assertThat(options("INNGEST_STREAMING", "allow").streamAfter())
        .hasValueSatisfying(after -> assertThat(after).isPositive());
    assertThat(options("INNGEST_STREAMING", "force").streamAfter()).contains(Duration.ZERO);
    assertThat(
            InngestOptions.builder()
                .variables(Map.of())
                .appId("a")
                .streamAfter(Duration.ofSeconds(1))
                .inBandSync(false)
                .build())
        .satisfies(
            options -> {
              assertThat(options.streamAfter()).contains(Duration.ofSeconds(1));
              assertThat(options.inBandSync()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INNGEST_ALLOW_IN_BAND_SYNC", "INNGEST_ENABLE_UNAUTHED_SYNC", "INNGEST_STREAMING"})
  void aSwitchThatIsNeitherOnNorOffIsAnErrorThatNamesIt(String variable) {
    assertThatThrownBy(() -> options(variable, "perhaps"))
        .isInstanceOf(InngestException.class)
        .hasMessageContaining(variable)
        .hasMessageContaining("perhaps");
  }

  @Test
  void anAnswerCannotBeginBeforeItsCall() {
    assertThatThrownBy(() -> InngestOptions.builder().streamAfter(Duration.ofSeconds(-1)))
        .isInstanceOf(InngestException.class);
  }

  @Test
  void serveOriginAndPathMakeTheUrl() {
    InngestOptions options =
        options(
            "INNGEST_SERVE_ORIGIN", "https://app.example.com", "INNGEST_SERVE_PATH", "/x/inngest");
    assertThat(options.serveOrigin()).contains(URI.create("https://app.example.com"));
    assertThat(options.servePath()).contains("/x/inngest");
  }
}
