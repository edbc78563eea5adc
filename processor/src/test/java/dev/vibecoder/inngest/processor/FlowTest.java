package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.protocol.StepHash;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How generated code puts the steps of a declarative function together. */
class FlowTest {
  private static final String IMPORTS =
      "package shop;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.io.*;\n"
          + "import java.util.*;\n";
  private static final String DATA =
      IMPORTS
          + "@InngestEvent(\"shop/order.placed\")\n"
          + "public record Order(String id, int quantity) {}\n";
  private static final String GRAPH =
      "@InngestFunction(id = \"f\", event = \"shop/order.placed\", flow = Flow.GRAPH)\n";
  private static final String SEQUENCE =
      "@InngestFunction(id = \"f\", event = \"shop/order.placed\")\n";
  private static final String EVENT =
      "{\"name\":\"shop/order.placed\",\"id\":\"e\",\"ts\":1,"
          + "\"data\":{\"id\":\"A-1\",\"quantity\":2}}";

  /** A graph that joins, orders without data, and declares its last step first. */
  private static final String CHECKOUT =
      """
      public class F {
        @Step(result = true) String receipt(String charge, int stock) throws IOException {
          return charge + " of " + stock;
        }
        @Step String charge(OrderPlacedEvent event) { return "charged " + event.data().id(); }
        @Step int stock(int quantity) { return quantity + 40; }
        @Step(after = "receipt") void log(Order order) {}
      }
      """;

  private static Compiled compile(Compiled.Tool tool, String... sources) {
    String[] all = Stream.concat(Stream.of(DATA), Arrays.stream(sources)).toArray(String[]::new);
    Compiled compiled = Compiled.with(tool, List.of("-Xlint:all,-processing", "-Werror"), all);
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
    return compiled;
  }

  private static Compiled function(String head, String type) {
    return compile(Compiled.Tool.JAVAC, IMPORTS + head + type);
  }

  private static String steps(Compiled compiled) {
    String source = compiled.generated("shop/FFunction.java");
    return source
        .substring(source.indexOf(" runSteps("))
        .replaceAll("(?s)\n    }\n.*", "\n    }\n");
  }

  @ParameterizedTest
  @EnumSource(Compiled.Tool.class)
  void aGraphReadsAsIfWrittenByHand(Compiled.Tool tool) {
    Compiled compiled = compile(tool, IMPORTS + GRAPH + CHECKOUT);
    assertThat(steps(compiled))
        .isEqualTo(
            """
             runSteps(OrderPlacedEvent event, Steps steps) throws Exception {
                  StepGraph graph = StepGraph.of(steps);
                  StepGraph.Node<String> charge = graph.node(() -> charge(event));
                  StepGraph.Node<Integer> stock = graph.node(() -> stock(event.data().quantity()));
                  StepGraph.Node<String> receipt =
                      graph.node(() -> receipt(charge.result(), stock.result()), charge, stock);
                  graph.node(
                      () -> {
                        log(event.data());
                        return null;
                      },
                      receipt);
                  graph.run();
                  return receipt.result();
                }
            """);
  }

  @Test
  void independentStepsAreReportedTogetherAndAJoinWaitsForBoth() throws Exception {
    Calls calls = Calls.of(function(GRAPH, CHECKOUT), "shop.FFunction", EVENT);

    String first = calls.with();
    assertThat(first).contains(StepHash.of("charge"), StepHash.of("stock"));
    assertThat(first).doesNotContain(StepHash.of("receipt"), StepHash.of("log"));
    assertThat(calls.target("charge")).contains("\"data\":\"charged A-1\"");
    assertThat(calls.target("stock")).contains("\"data\":42");

    String charged = Calls.memo("charge", "\"c\"");
    assertThat(calls.with(charged)).doesNotContain(StepHash.of("receipt"));

    String[] both = {charged, Calls.memo("stock", "7")};
    assertThat(calls.with(both)).contains(StepHash.of("receipt"));
    assertThat(calls.target("receipt", both)).contains("\"data\":\"c of 7\"");
  }

  @Test
  void aStepThatNobodyTakesRunsAndTheMarkedOneGivesTheResult() throws Exception {
    Calls calls = Calls.of(function(GRAPH, CHECKOUT), "shop.FFunction", EVENT);
    String[] joined = {
      Calls.memo("charge", "\"c\""), Calls.memo("stock", "7"), Calls.memo("receipt", "\"r\"")
    };
    assertThat(calls.with(joined)).contains(StepHash.of("log"));
    String[] all =
        Stream.concat(Arrays.stream(joined), Stream.of(Calls.memo("log", "null")))
            .toArray(String[]::new);
    assertThat(calls.with(all)).isEqualTo("\"r\"");
  }

  @Test
  void theLastDeclaredStepGivesTheResultOfAGraph() throws Exception {
    Compiled compiled =
        function(
            GRAPH,
            "public class F { @Step void a() {}\n  @Step List<String> b(String id) { return List.of(id); } }");
    assertThat(compiled.generated("shop/FFunction.java"))
        .contains("FunctionRef<Order, List<String>>");
    Calls calls = Calls.of(compiled, "shop.FFunction", EVENT);
    assertThat(calls.with(Calls.memo("a", "null"), Calls.memo("b", "[\"x\"]")))
        .isEqualTo("[\"x\"]");
  }

  @Test
  void aMarkedStepGivesTheResultOfASequence() throws Exception {
    Compiled compiled =
        function(
            SEQUENCE,
            "public class F { @Step(result = true) String a(String id) { return id; }\n"
                + "  @Step int b(String a) { return 1; }\n  @Step void c() {} }");
    assertThat(steps(compiled))
        .isEqualTo(
            """
             runSteps(OrderPlacedEvent event, Steps steps) {
                  String a = a(event.data().id());
                  b(a);
                  c();
                  return a;
                }
            """);
    Calls calls = Calls.of(compiled, "shop.FFunction", EVENT);
    assertThat(calls.with(Calls.memo("a", "\"x\""), Calls.memo("b", "1"), Calls.memo("c", "null")))
        .isEqualTo("\"x\"");
  }

  @Test
  void theOrderOfAGraphIsThatOfTheDeclarationWhereResultsDoNotSayOtherwise() {
    String body =
        steps(
            function(
                GRAPH,
                "public class F { @Step void e(String b) {}\n  @Step void d() {}\n"
                    + "  @Step String c(String b) { return b; }\n  @Step String b(String id) { return id; }\n"
                    + "  @Step(after = {\"d\", \"c\"}) void a(String b) {} }"));
    assertThat(body)
        .isEqualTo(
            """
             runSteps(OrderPlacedEvent event, Steps steps) throws Exception {
                  StepGraph graph = StepGraph.of(steps);
                  StepGraph.Node<Void> d = graph.node(
                      () -> {
                        d();
                        return null;
                      });
                  StepGraph.Node<String> b = graph.node(() -> b(event.data().id()));
                  graph.node(
                      () -> {
                        e(b.result());
                        return null;
                      },
                      b);
                  StepGraph.Node<String> c = graph.node(() -> c(b.result()), b);
                  graph.node(
                      () -> {
                        a(b.result());
                        return null;
                      },
                      b, d, c);
                  graph.run();
                }
            """);
  }

  @Test
  void namesOfTheUsersNeverHideThoseOfAGraph() throws Exception {
    Compiled compiled =
        function(
            GRAPH,
            "public class F {\n"
                + "  public record Node(int n) {}\n"
                + "  @Step Node graph(OrderPlacedEvent event) { return new Node(1); }\n"
                + "  @Step Node StepGraph(Node graph) { return graph; }\n"
                + "  @Step Node steps(@From(\"step-graph\") Node event) { return event; } }");
    Calls calls = Calls.of(compiled, "shop.FFunction", EVENT);
    String node = "{\"n\":3}";
    assertThat(
            calls.with(
                Calls.memo("graph", node),
                Calls.memo("step-graph", node),
                Calls.memo("steps", node)))
        .isEqualTo(node);
  }

  @Test
  void overloadsWithIdsOfTheirOwnAreTwoSteps() {
    assertThat(
            steps(
                function(
                    SEQUENCE,
                    "public class F { @Step(\"one\") String a() { return \"\"; }\n"
                        + "  @Step(\"two\") String a(@From(\"one\") String x) { return x; }\n"
                        + "  @Step void b(@From(\"two\") String y) {} }")))
        .contains("String a = a();", "String a_ = a(a);", "b(a_);");
  }

  @ParameterizedTest
  @EnumSource(Compiled.Tool.class)
  void policiesAndKeysAreWrittenOut(Compiled.Tool tool) throws Exception {
    Compiled compiled =
        compile(
            tool,
            IMPORTS
                + SEQUENCE
                + """
                public class F {
                  public enum Size { S, L }
                  public record Item(String sku, Size size) {}
                  @Handler String run(OrderPlacedEvent event) {
                    log(Size.L);
                    return charge(event) + reserve(new Item("S-1", Size.S), 2);
                  }
                  @Step(formerly = {"pay", "bill"}, retries = 7, backoff = {"10s", "1h30m"},
                      nonRetriable = {IllegalStateException.class, IOException.class})
                  String charge(@StepKey("data.id") OrderPlacedEvent event) { return "c"; }
                  @Step String reserve(@StepKey("sku") Item item, int count) { return "r"; }
                  @Step void log(@StepKey Size size) {}
                }
                """);
    String source = compiled.generated("shop/FFunction.java");
    assertThat(source)
        .contains(
            "            .formerly(\"pay\", \"bill\")\n"
                + "            .retries(7)\n"
                + "            .backoff(Duration.ofSeconds(10), Duration.ofMinutes(90))\n"
                + "            .nonRetriable(IllegalStateException.class, IOException.class);\n")
        .contains(".steps(Durable.CHARGE)")
        .contains("return CHARGE.call(event.data().id(), () -> super.charge(event));")
        .contains("return RESERVE.call(item.sku(), () -> super.reserve(item, count));")
        .contains(
            "      LOG.call(\n"
                + "          size,\n"
                + "          () -> {\n"
                + "            super.log(size);\n"
                + "            return null;\n"
                + "          });\n");
    Calls calls = Calls.of(compiled, "shop.FFunction", EVENT);
    assertThat(calls.function().steps()).extracting(step -> step.id()).containsExactly("charge");
    assertThat(calls.with()).contains(StepHash.of("log[L]"));
    assertThat(calls.with(Calls.memo("log[L]", "null"))).contains(StepHash.of("charge[A-1]"));
    assertThat(calls.with(Calls.memo("log[L]", "null"), Calls.memo("pay[A-1]", "\"p\"")))
        .contains(StepHash.of("reserve[S-1]"));
  }

  @Test
  void keysArePartsOfBeansAndOfWhatTheyInherit() {
    compile(
        Compiled.Tool.JAVAC,
        IMPORTS
            + SEQUENCE
            + "public class F {\n"
            + "  public static class Base<T> { public T getId() { return null; } }\n"
            + "  public static class Item extends Base<UUID> {}\n"
            + "  @Handler void run() {}\n"
            + "  @Step void a(@StepKey(\"id\") Item item) {}\n"
            + "  @Step void b(@StepKey Long number) {}\n"
            + "  @Step void c(@StepKey(\"id\") OrderPlacedEvent event) {} }");
  }
}
