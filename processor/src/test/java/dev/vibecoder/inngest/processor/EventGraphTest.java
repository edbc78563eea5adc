package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.graph.Slips;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is odd in the way of events is told where the event is named, if it can be known. */
class EventGraphTest {
  private static final String IMPORTS =
      "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.time.*;\n";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private static String in(String packageName, String source) {
    return "package " + packageName + ";\n" + IMPORTS + source;
  }

  private static String event(String type, String name) {
    return in("app", "@InngestEvent(\"" + name + "\") public record " + type + "(String a) {}");
  }

  private static String function(String type, String event, String body) {
    return in(
        "app",
        "@InngestFunction(id = \""
            + type.toLowerCase(Locale.ROOT)
            + "\", event = \""
            + event
            + "\")\npublic class "
            + type
            + " {\n@Handler public void run(Steps step) {\n"
            + body
            + "\n}}");
  }

  private static List<String> warnings(Compiled compiled) {
    assertThat(compiled.errors()).isEmpty();
    return compiled.warnings().stream()
        .map(w -> w.file() + ":" + w.line() + " " + w.at() + "\n" + w.text())
        .toList();
  }

  @Test
  void anEventThatIsSentAndNotHandledIsToldOnce() {
    Compiled compiled =
        Compiled.of(
            event("A", "app/a"),
            event("B", "app/b"),
            function(
                "F", "app/a", "step.send(BEvent.of(null));\nstep.send(\"x\", BEvent.of(null));"),
            in("app", "class Service {\nvoid x() { InngestEvents.sendBEvent(null); } }"));
    assertThat(warnings(compiled))
        .containsExactly(
            "app/F.java:8 BEvent.of(null));\n[inngest/event-unhandled] The event \"app/b\" is sent,"
                + " and no function handles it. Write the function, or set external = true on its"
                + " @InngestEvent if others handle it.");
  }

  @Test
  void nothingIsToldOfEventsThatOthersMayHandle() {
    assertThat(
            warnings(
                Compiled.of(
                    event("A", "app/a"),
                    event("B", "app/b"),
                    function("F", "app/a", "step.send(BEvent.of(null));"),
                    function("Any", "app/*", ""))))
        .as("handled by a pattern")
        .isEmpty();
    assertThat(
            warnings(
                Compiled.of(
                    event("A", "app/a"),
                    in(
                        "app",
                        "@InngestEvent(value = \"app/b\", external = true) public record B(String a) {}"),
                    function("F", "app/a", "step.send(BEvent.of(null));"))))
        .as("marked")
        .isEmpty();
    assertThat(
            warnings(
                Compiled.of(
                    event("B", "app/b"),
                    in("app", "class Service {\nvoid x() { InngestEvents.sendBEvent(null); } }"))))
        .as("a module without functions")
        .isEmpty();
    assertThat(
            warnings(
                Compiled.of(
                    event("A", "app/a"),
                    event("B", "app/b"),
                    function(
                        "F",
                        "app/a",
                        "step.waitForEvent(BEvent.TYPE, Wait.atMost(Duration.ofDays(1)));"),
                    in("app", "class Service {\nvoid x() { InngestEvents.sendBEvent(null); } }"))))
        .as("waited for")
        .isEmpty();
  }

  @Test
  void anEventThatIsWaitedForAndNeverSentIsTold() {
    String wait = "step.waitForEvent(BEvent.TYPE, Wait.atMost(Duration.ofDays(1)));";
    assertThat(
            warnings(
                Compiled.of(
                    event("A", "app/a"), event("B", "app/b"), function("F", "app/a", wait))))
        .containsExactly(
            "app/F.java:8 "
                + wait
                + "\n[inngest/event-never-sent] The event \"app/b\" is waited for, and nothing sends"
                + " it. Send it, or set external = true on its @InngestEvent if others send it.");
    assertThat(
            warnings(
                Compiled.of(
                    List.of("-Ainngest.lint=off"),
                    event("A", "app/a"),
                    event("B", "app/b"),
                    function("F", "app/a", wait))))
        .isEmpty();
  }

  @Test
  void aCircleIsToldOnceWithItsPath() {
    Compiled compiled =
        Compiled.of(
            event("A", "app/a"),
            event("B", "app/b"),
            function("F", "app/a", "step.send(BEvent.of(null));"),
            function("G", "app/b", "if (step != null) {\nstep.send(AEvent.TYPE, null); }"));
    assertThat(warnings(compiled))
        .containsExactly(
            "app/F.java:8 BEvent.of(null));\n[inngest/event-cycle] Sending \"app/b\" here starts a"
                + " circle: f -> app/b -> g -> app/a -> f. Make sure that it ends, and say so with"
                + " @SuppressWarnings(\"inngest:event-cycle\").");
    Compiled meant =
        Compiled.of(
            event("A", "app/a"),
            in(
                "app",
                "@InngestFunction(id = \"f\", event = \"app/a\")\n"
                    + "@SuppressWarnings(\"inngest:event-cycle\")\n"
                    + "public class F { @Handler void run(Steps step) { step.send(AEvent.of(null)); } }"));
    assertThat(warnings(meant)).isEmpty();
  }

  @Test
  void theLevelMakesThemErrors() {
    Compiled compiled =
        Compiled.of(
            List.of("-Ainngest.lint=error"),
            event("A", "app/a"),
            function("F", "app/a", "step.send(AEvent.of(null));"));
    assertThat(compiled.success()).isFalse();
    assertThat(compiled.errors())
        .extracting(Compiled.Message::text)
        .satisfiesExactly(text -> assertThat(text).startsWith("[inngest/event-cycle]"));
  }

  private Compiled with(Path jar, String... sources) {
    return Compiled.of(
        List.of(
            "-implicit:none",
            "-cp",
            jar + File.pathSeparator + System.getProperty("java.class.path")),
        sources);
  }

  @Test
  void otherJarsTakePart() throws IOException {
    Path jar =
        Compiled.of(
                event("A", "app/a"),
                event("B", "app/b"),
                in(
                    "app",
                    "@InngestFunction(id = \"g\", event = \"app/b\")\n"
                        + "public class G { @Handler public void run(Steps step) {"
                        + " step.send(AEvent.of(null)); } }"))
            .writeTo(folder);
    String f =
        function("F", "app/a", "step.send(app.BEvent.of(null));")
            .replace("package app;", "package two;");
    Compiled compiled = with(jar, f);
    assertThat(warnings(compiled))
        .containsExactly(
            "two/F.java:8 app.BEvent.of(null));\n[inngest/event-cycle] Sending \"app/b\" here starts"
                + " a circle: f -> app/b -> g -> app/a -> f. Make sure that it ends, and say so with"
                + " @SuppressWarnings(\"inngest:event-cycle\").");
    assertThat(compiled.generatedPaths()).anyMatch(path -> path.startsWith("two/InngestFunctions"));
    assertThat(index(compiled)).contains("handles = \"app/a\"", "sends = \"app/b\"", "code = true");
  }

  private static String index(Compiled compiled) {
    return compiled.generated(
        compiled.generatedPaths().stream()
            .filter(path -> path.startsWith("dev/vibecoder/inngest/index/F_"))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void aTriggerThatIsNearlyADeclaredEventIsTold() {
    Compiled compiled =
        Compiled.of(event("Hello", "demo/hello.world"), function("F", "demo/helo.world", ""));
    assertThat(warnings(compiled))
        .containsExactly(
            "app/F.java:5 \"demo/helo.world\")\n[inngest/event-similar] No payload class has the"
                + " event \"demo/helo.world\". Did you mean \"demo/hello.world\"? If both exist,"
                + " declare a payload class for this one as well.");
    List<String> sources = new ArrayList<>();
    sources.add(event("Hello", "demo/hello.world"));
    sources.add(
        function("F", "demo/helo.world", "")
            .replace("public class", "@SuppressWarnings(\"inngest:event-similar\")\npublic class"));
    assertThat(warnings(Compiled.of(sources.toArray(String[]::new)))).isEmpty();
    assertThat(
            Compiled.of(
                    List.of("-Ainngest.lint=error"),
                    event("Hello", "demo/hello.world"),
                    function("F", "demo/helo.world", ""))
                .errors())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "shop/order.placed, shop/order.plaecd, true",
    "shop/order.placed, shop/orders.placed, true",
    "shop/order.placed, Shop/Order.Placed, true",
    "shop/order.placed, shop/order-placed, true",
    "shop/order.placed, shop/orderplaced, true",
    "shop/order.paid, shop/order.void, false",
    "shop/order.created, shop/order.updated, false",
    "user/created.v1, user/created.v2, false",
    "task/started, task/stopped, false",
    "a/b, a/c, false",
    "shop/order.placed, shop/order.placed, false"
  })
  void aSlipIsNotAnotherWord(String one, String other, boolean slip) {
    assertThat(Slips.isSlip(one, other)).isEqualTo(slip);
    assertThat(Slips.isSlip(other, one)).isEqualTo(slip);
  }
}
