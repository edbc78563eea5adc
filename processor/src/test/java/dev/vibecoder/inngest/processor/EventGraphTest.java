package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import dev.vibecoder.inngest.processor.internal.graph.Slips;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is odd in the way of events is told where the event is named, if it can be known. */
class EventGraphTest {
  private static final String IMPORTS =
      "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.time.*;\n";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  /** The codes that are tested here. */
  static Stream<ProblemCode> codes() {
    return Stream.of(
        ProblemCode.EVENT_SIMILAR,
        ProblemCode.EVENT_UNHANDLED,
        ProblemCode.EVENT_NEVER_SENT,
        ProblemCode.EVENT_CYCLE);
  }

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
  void anEventThatIsSentAndNotHandledIsToldWhereItIsDeclared() {
    Compiled compiled =
        Compiled.of(
            event("A", "app/a"),
            event("B", "app/b"),
            function(
                "F", "app/a", "step.send(BEvent.of(null));\nstep.send(\"x\", BEvent.of(null));"),
            in("app", "class Service {\nvoid x() { InngestEvents.sendBEvent(null); } }"));
    assertThat(warnings(compiled))
        .containsExactly(
            "app/B.java:5 \"app/b\") public record B(String a) {}\n[inngest/event-unhandled] app.F"
                + " sends \"app/b\", and no function handles it. Write the function, or set"
                + " external = true here if others handle it.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "step.send(BEvent.of(null));",
        "step.send(app.BEvent.of(null));",
        "step.send(new BEvent(null, null, null, null, null));",
        "step.send(BEvent.TYPE, null);",
        "EventType<BEvent> b = BEvent.TYPE; step.send(b, null);",
        "java.util.function.Function<B, BEvent> make = BEvent::of;",
        "InngestEvents.sendBEventAsync(null);",
        "java.util.function.Consumer<B> send = InngestEvents::sendBEvent;",
        "Runnable run = () -> new InngestEventSender(null).sendBEvents(null);"
      })
  void everyWayToSendIsSeen(String code) {
    assertThat(
            warnings(
                Compiled.of(
                    List.of("-Ainngest.lint=warn"),
                    event("A", "app/a"),
                    event("B", "app/b"),
                    in(
                        "app",
                        "@InngestFunction(id = \"f\", event = \"app/a\")\n"
                            + "public class F { @Handler void run() {} }"),
                    in("app", "class Service { void x(Steps step) {\n" + code + "\n} }"))))
        .singleElement()
        .asString()
        .contains("[inngest/event-unhandled] app.Service sends \"app/b\"");
  }

  @Test
  void nothingIsToldOfEventsThatOthersMayHandle() {
    String send = "step.send(BEvent.of(null));";
    String[] sent = {event("A", "app/a"), event("B", "app/b"), function("F", "app/a", send)};
    assertThat(warnings(Compiled.of(with(sent, function("Any", "app/*", "")))))
        .as("handled by a pattern")
        .isEmpty();
    assertThat(
            warnings(
                Compiled.of(
                    event("A", "app/a"),
                    in(
                        "app",
                        "@InngestEvent(value = \"app/b\", external = true) public record B(String a) {}"),
                    function("F", "app/a", send))))
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
                    with(
                        sent,
                        in(
                            "app",
                            "class Waits { void x(Steps s) {\n"
                                + "s.waitForEvent(BEvent.TYPE, Wait.atMost(Duration.ofDays(1))); } }")))))
        .as("waited for")
        .isEmpty();
    assertThat(
            warnings(
                Compiled.of(
                    with(
                        sent, in("app", "class Waits { Object x = EventType.json(\"app/b\"); }")))))
        .as("any event may be waited for")
        .isEmpty();
    assertThat(
            warnings(
                Compiled.of(
                    event("A", "app/a"),
                    event("B", "app/b"),
                    function("F", "app/a", send)
                        .replace("public class", "@CancelOn(event = \"app/b\")\npublic class"))))
        .as("cancels")
        .isEmpty();
    assertThat(warnings(Compiled.of(List.of("-Ainngest.test=true"), sent))).as("a test").isEmpty();
  }

  @Test
  void anEventThatIsWaitedForAndNeverSentIsTold() {
    String wait = "step.waitForEvent(BEvent.TYPE, Wait.atMost(Duration.ofDays(1)));";
    String[] waits = {event("A", "app/a"), event("B", "app/b"), function("F", "app/a", wait)};
    assertThat(warnings(Compiled.of(waits)))
        .containsExactly(
            "app/B.java:5 \"app/b\") public record B(String a) {}\n[inngest/event-never-sent] app.F"
                + " waits for \"app/b\", and nothing sends it. Send it, or set external = true here"
                + " if others send it.");
    assertThat(warnings(Compiled.of(List.of("-Ainngest.lint=off"), waits))).isEmpty();
    assertThat(
            warnings(
                Compiled.of(
                    with(
                        waits,
                        in("app", "class Any { Object x = JsonEvent.of(\"app/b\", null); }")))))
        .as("any event may be sent")
        .isEmpty();
  }

  @Test
  void whatIsSentAndWhatIsAwaitedIsToldApart() {
    assertThat(
            warnings(
                Compiled.of(
                    event("A", "app/a"),
                    event("B", "app/b"),
                    event("C", "app/c"),
                    function(
                        "F",
                        "app/a",
                        "step.send(BEvent.TYPE, null);\n"
                            + "step.waitForEvent(CEvent.TYPE, Wait.atMost(Duration.ofDays(1)));"))))
        .extracting(warning -> warning.replaceAll("(?s).*] (.*?), and.*", "$1"))
        .containsExactly("app.F sends \"app/b\"", "app.F waits for \"app/c\"");
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
            "app/F.java:5 \"f\", event = \"app/a\")\n[inngest/event-cycle] Runs of \"f\" start each"
                + " other in a circle: f -> app/b -> g -> app/a -> f. Make sure that it ends, and"
                + " say so with @SuppressWarnings(\"inngest:event-cycle\") on the class.");
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

  private static String[] with(String[] sources, String more) {
    List<String> all = new ArrayList<>(List.of(sources));
    all.add(more);
    return all.toArray(String[]::new);
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
    Compiled compiled =
        Compiled.of(
            List.of(
                "-implicit:none",
                "-cp",
                jar + File.pathSeparator + System.getProperty("java.class.path")),
            f);
    assertThat(warnings(compiled))
        .containsExactly(
            "two/F.java:5 \"f\", event = \"app/a\")\n[inngest/event-cycle] Runs of \"f\" start each"
                + " other in a circle: f -> app/b -> g -> app/a -> f. Make sure that it ends, and"
                + " say so with @SuppressWarnings(\"inngest:event-cycle\") on the class.");
    assertThat(compiled.generatedPaths()).anyMatch(path -> path.startsWith("two/InngestFunctions"));
    assertThat(index(compiled)).contains("handles = \"app/a\"", "sends = \"app/b\"");
  }

  private static String index(Compiled compiled) {
    return compiled.generated(
        compiled.generatedPaths().stream()
            .filter(path -> path.startsWith("dev/vibecoder/inngest/index/F_"))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void namesAreUnderstoodAsTheCompilerDoes() throws IOException {
    Path jar =
        Compiled.of(
                in("two", "@InngestEvent(\"two/b\") public record B(String a) {}"),
                in("three", "@InngestEvent(\"three/c\") public record C(String a) {}")
                    .replace("three;", "two.three;"))
            .writeTo(folder);
    String function =
        IMPORTS
            + "@InngestFunction(id = \"%1$s\", event = \"app/a\") public class %1$s {\n"
            + "@Handler public void run(Steps s) { s.send(%2$s(null)); } }";
    Compiled compiled =
        Compiled.of(
            List.of(
                "-implicit:none",
                "-Ainngest.package=app",
                "-cp",
                jar + File.pathSeparator + System.getProperty("java.class.path")),
            event("A", "app/a"),
            event("B", "app/b"),
            "package app;\nimport static two.BEvent.of;\n" + function.formatted("a", "of"),
            "package app;\nimport two.BEvent;\n" + function.formatted("b", "BEvent.of"),
            "package app;\nimport two.*;\n" + function.formatted("c", "BEvent.of"),
            "package app.in;\nimport two.*;\n" + function.formatted("d", "BEvent.of"),
            "package app.in;\n" + function.formatted("e", "two.three.CEvent.of"));
    assertThat(compiled.errors()).isEmpty();
    String diagram = compiled.generated("META-INF/inngest/functions.mmd");
    assertThat(diagram.lines().filter(line -> line.contains("-.->")))
        .containsExactly(
            "  f0 -.-> e2", "  f1 -.-> e2", "  f2 -.-> e1", "  f3 -.-> e2", "  f4 -.-> e3");
    assertThat(diagram).contains("e1([\"app/b\"])", "e2([\"two/b\"])", "e3([\"three/c\"])");
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
