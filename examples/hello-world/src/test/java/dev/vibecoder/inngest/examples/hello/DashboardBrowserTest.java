package dev.vibecoder.inngest.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.devserver.DevServer;
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

  @Test
  void leavesTheReaderWhereHeIsWhileTheRunGoesOn(@TempDir(cleanup = CleanupMode.NEVER) Path profile)
      throws Exception {
    Tool.require("chromium");
    try (Stage stage = new Stage();
        Browser browser = new Browser(profile, stage.server.dashboardUrl())) {
      browser.pageWith("live");
      InngestEvents.sendOrderPlacedEvent(new OrderPlacedData("A-1", 2));
      browser.pageWith("demo/order.placed");
      browser.evaluate("document.querySelector('tr.link a').click()");
      browser.pageWith("validate");
      browser.evaluate(
          "window.seen = document.querySelector('details.step');"
              + " seen.open = true; seen.querySelector('summary').focus();"
              + " getSelection().selectAllChildren(seen.querySelector('pre'))");

      browser.pageWith("saved: A-1 x 2");

      assertThat(
              browser.evaluate(
                  "[seen.isConnected, seen.open, seen.contains(document.activeElement),"
                      + " getSelection().toString()].join()"))
          .isEqualTo("true,true,true,2");
    }
  }

  @Test
  void showsTheTruthAgainAfterTheServerWasRestarted(
      @TempDir(cleanup = CleanupMode.NEVER) Path profile) throws Exception {
    Tool.require("chromium");
    Stage stage = new Stage();
    int port = stage.server.port();
    try (stage;
        Browser browser = new Browser(profile, stage.server.dashboardUrl())) {
      InngestEvents.sendHelloWorldEvent(new HelloWorldData("Guru", Language.ENGLISH, null));
      browser.pageWith("1 in all");

      stage.server.close();
      browser.pageWith("reconnecting");
      try (DevServer again = DevServer.builder().port(port).start()) {
        assertThat(browser.pageWith("No runs yet")).contains("0 in all");
        assertThat(again.port()).isEqualTo(port);
      }
    }
  }

  private static String run(String status, String endedAt, String current) {
    return "{id: 'r', status: '"
        + status
        + "', functionId: 'f', functionName: 'f', appName: 'a', eventName: 'e',"
        + " queuedAt: new Date(Date.now() - 9000).toISOString(), endedAt: "
        + endedAt
        + ", durationMs: 9000, maxAttempts: 4, event: {n: 5}, attempts: [], steps: []"
        + current
        + "}";
  }

  private static String shown(Browser browser, String run) throws Exception {
    return browser.evaluate(
        "import('/dashboard/assets/views.js').then(views => {"
            + " const place = document.createElement('div');"
            + " place.append(...views.run("
            + run
            + ").filter(Boolean)); return place.innerHTML; })");
  }

  @Test
  void showsAStepUnderWayAndSaysWhyThereIsNone(@TempDir(cleanup = CleanupMode.NEVER) Path profile)
      throws Exception {
    Tool.require("chromium");
    try (DevServer server = DevServer.builder().port(0).start();
        Browser browser = new Browser(profile, server.dashboardUrl())) {
      browser.pageWith("live");
      String call =
          "{stepId: 'x', name: 'charge', attempt: 2, startedAt: new Date().toISOString()}";

      assertThat(shown(browser, run("RUNNING", "null", ", current: [" + call + "]")))
          .contains("charge", "Running", "bar running", "Attempt 2")
          .doesNotContain("No step was reached yet");
      assertThat(shown(browser, run("RUNNING", "null", ""))).contains("No step was reached yet");
      assertThat(shown(browser, run("FAILED", "new Date().toISOString()", "")))
          .contains("The run failed before a step was reached", "Input");
    }
  }

  @Test
  void fitsNarrowWindowsAndMarksTheViewThatIsShown(
      @TempDir(cleanup = CleanupMode.NEVER) Path profile) throws Exception {
    Tool.require("chromium");
    try (Stage stage = new Stage();
        Browser browser = new Browser(profile, stage.server.dashboardUrl())) {
      InngestEvents.sendHelloWorldEvent(new HelloWorldData("Guru", Language.ENGLISH, null));
      browser.pageWith("1 in all");
      browser.narrow(420);

      assertThat(browser.evaluate("String(document.documentElement.scrollWidth)")).isEqualTo("420");
      assertThat(
              browser.evaluate(
                  "document.querySelector('header nav a').getAttribute('aria-current')"))
          .isEqualTo("page");
    }
  }
}
