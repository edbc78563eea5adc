package dev.vibecoder.inngest.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser. */
@Timeout(90)
class DashboardBrowserTest {
  @Test
  void showsRunsLiveAndOneRunWithItsSteps(@TempDir(cleanup = CleanupMode.NEVER) Path profile)
      throws Exception {
    Tool.require("chromium");
    try (Stage stage = new Stage();
        Browser browser = new Browser(profile, stage.server.dashboardUrl())) {
      browser.pageWith("No runs yet");
      browser.pageWith("live");

      String evil = "<img src=x onerror=alert(1)>";
      InngestEvents.sendHelloWorldEvent(new HelloWorldData(evil, Language.RUSSIAN, null));

      assertThat(browser.pageWith("✓"))
          .contains("hello-world-hello-world", "demo/hello.world", "1 in all");
      browser.evaluate("document.querySelector('tr.link a').click()");
      assertThat(browser.pageWith("log-received"))
          .contains("greeting", "Привет, ")
          .contains("&lt;img src=x")
          .doesNotContain("<img src=\"x\"");
      assertThat(browser.evaluate("location.pathname")).startsWith("/dashboard/runs/0");
    }
  }
}
