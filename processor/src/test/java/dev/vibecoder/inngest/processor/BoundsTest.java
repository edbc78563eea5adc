package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is large, deep, cyclic or in another script is right, or an error, and never endless. */
class BoundsTest {
  private static final String IMPORTS =
      "package big;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.util.*;\n";

  private static Compiled compile(List<String> sources) {
    return Compiled.of(
        List.of("-Xlint:all,-processing", "-Werror"),
        sources.stream().map(source -> IMPORTS + source).toArray(String[]::new));
  }

  private static Compiled right(String... sources) {
    Compiled compiled = compile(List.of(sources));
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
    return compiled;
  }

  private static String numbered(int count, String separator, String text) {
    return IntStream.range(0, count)
        .mapToObj(i -> text.replace("#", String.valueOf(i)))
        .collect(Collectors.joining(separator));
  }

  @Test
  void aPayloadMayHaveTwoHundredFields() throws Exception {
    Compiled compiled =
        right(
            "@InngestEvent(\"big/wide\") public record Wide("
                + numbered(200, ", ", "String field#")
                + ") {}",
            "@InngestFunction(id = \"f\", on = Wide.class, when = \"event.data.field199 == 'x'\")\n"
                + "public class F { @Step String a("
                + numbered(200, ", ", "String field#")
                + ") { return field0 + field199; } }");
    String event =
        "{\"name\":\"big/wide\",\"data\":{" + numbered(200, ",", "\"field#\":\"v#\"") + "}}";
    assertThat(Calls.of(compiled, "big.FFunction", event).with()).contains("\"data\":\"v0v199\"");
  }

  @Test
  void aMisspeltFieldOfTwoHundredIsFound() {
    Compiled compiled =
        compile(
            List.of(
                "@InngestEvent(\"big/wide\") public record Wide("
                    + numbered(200, ", ", "String field#")
                    + ") {}",
                "@InngestFunction(id = \"f\", on = Wide.class, when = \"event.data.feild199 == 'x'\")\n"
                    + "public class F { @Step void a() {} }"));
    assertThat(compiled.errors()).hasSize(1);
    assertThat(compiled.errors().get(0).text())
        .startsWith("[inngest/expression-field]")
        .contains("Did you mean \"field199\"?");
  }

  @Test
  void aModuleMayHaveFiftyEventsAndThreeHundredFunctions() {
    List<String> sources = new ArrayList<>();
    sources.add(
        "class Events {\n"
            + numbered(50, "\n", "@InngestEvent(\"big/e#\") record P#(String a#) {}")
            + "}");
    for (int file = 0; file < 30; file++) {
      StringBuilder text = new StringBuilder("class Functions" + file + " {\n");
      for (int i = 0; i < 10; i++) {
        int number = file * 10 + i;
        text.append("@InngestFunction(id = \"f-").append(number).append("\", on = Events.P");
        text.append(number % 50).append(".class)\n  static class F").append(i);
        text.append(" { @Step String a(String a");
        text.append(number % 50).append(") { return a").append(number % 50).append("; } }\n");
      }
      sources.add(text.append("}").toString());
    }
    Compiled compiled = right(sources.toArray(String[]::new));
    assertThat(compiled.generatedPaths())
        .filteredOn(path -> path.matches("big/.*Function\\.java"))
        .hasSize(300);
    assertThat(compiled.generated("big/InngestFunctions.java").split("\\.define\\(dependencies"))
        .hasSize(301);
    assertThat(compiled.generated("big/InngestEvents.java").split("public static final String"))
        .hasSize(51);
  }

  @Test
  void threeHundredFunctionsThatStartEachOtherAreOneCircle() {
    List<String> sources = new ArrayList<>();
    sources.add(
        "class Events {\n"
            + numbered(50, "\n", "@InngestEvent(\"big/e#\") record P#(String a#) {}")
            + "}");
    StringBuilder text = new StringBuilder("class Functions {\n");
    for (int i = 0; i < 300; i++) {
      text.append("@InngestFunction(id = \"f-").append(i).append("\", on = Events.P");
      text.append(i % 50).append(".class)\n  static class F").append(i);
      text.append(" { @Handler void run(Steps step) { step.send(E");
      text.append((i + 1) % 50).append("Event.of(null)); } }\n");
    }
    sources.add(text.append("}").toString());
    Compiled compiled = compile(sources);
    assertThat(compiled.warnings())
        .singleElement()
        .extracting(Compiled.Message::text)
        .asString()
        .startsWith("[inngest/event-cycle]")
        .satisfies(message -> assertThat(message.split(" -> ")).hasSize(101));
  }

  @Test
  void aPayloadMayHoldItself() throws Exception {
    Compiled compiled =
        right(
            "@InngestEvent(\"big/tree\") public record Tree(String name, Tree left, List<Tree> others,\n"
                + "    Map<String, Branch> branches) { public record Branch(Tree back) {} }",
            "@InngestFunction(id = \"f\", on = Tree.class,\n"
                + "    when = \"event.data.left.left.left.others[0].branches.x.back.name == 'x'\")\n"
                + "public class F { @Step Tree a(@FromEvent Tree left, List<Tree> others) { return left; } }");
    String event = "{\"name\":\"big/tree\",\"data\":{\"name\":\"a\",\"left\":{\"name\":\"b\"}}}";
    assertThat(Calls.of(compiled, "big.FFunction", event).with()).contains("\"name\":\"b\"");
  }

  @Test
  void genericsMayBeNested() throws Exception {
    String type = "Map<String, List<Map<String, Optional<List<Map<String, Deep.Of<Integer>>>>>>>";
    Compiled compiled =
        right(
            "@InngestEvent(\"big/deep\") public record Deep("
                + type
                + " deep) { public record Of<T>(T value) {} }",
            "@InngestFunction(id = \"f\", on = Deep.class) public class F {\n"
                + "  @Step "
                + type
                + " a("
                + type
                + " deep) { return deep; }\n"
                + "  @Step int b("
                + type
                + " a) { return a.get(\"k\").get(0).get(\"l\").get().get(0).get(\"m\").value(); } }");
    String deep = "{\"k\":[{\"l\":[{\"m\":{\"value\":7}}]}]}";
    Calls calls =
        Calls.of(
            compiled, "big.FFunction", "{\"name\":\"big/deep\",\"data\":{\"deep\":" + deep + "}}");
    assertThat(calls.with()).contains("\"data\":" + deep);
    assertThat(calls.with(Calls.memo("a", deep))).contains("\"data\":7");
  }

  @Test
  void aTypeThatGrowsInsideItselfEnds() {
    Compiled compiled =
        compile(
            List.of(
                "record Grows<T>(Grows<List<T>> inner, Grows<Map<String, T>> other, T value) {}",
                "@InngestEvent(\"big/grows\") record P(Grows<String> grows) {}",
                "@InngestFunction(id = \"f\", on = P.class,\n"
                    + "    when = \"event.data.grows.inner.inner.inner.value == null\")\n"
                    + "class F { @Step Grows<Integer> a(Grows<String> grows) { return null; } }"));
    assertThat(compiled.errors()).isEmpty();
  }

  @Test
  void namesMayBeInAnyScript() throws Exception {
    Compiled compiled =
        right(
            "@InngestEvent(\"магазин/заказ.создан\")\n"
                + "public record Заказ(String номер, int количество) {}",
            "@InngestFunction(id = \"f\", on = Заказ.class, when = \"event.data['номер'] != ''\")\n"
                + "public class Обработка {\n"
                + "  @Step String проверитьЗаказ(ЗаказСозданEvent событие, String номер) {\n"
                + "    return номер + событие.data().количество(); }\n"
                + "  @Step String отправить(String проверитьЗаказ) { return проверитьЗаказ; } }",
            "class Uses { Object a = InngestFunctions.ОБРАБОТКА;\n"
                + "  Object b = InngestEvents.ЗАКАЗ_СОЗДАН_EVENT; }");
    Calls calls =
        Calls.of(
            compiled,
            "big.ОбработкаFunction",
            "{\"name\":\"магазин/заказ.создан\",\"data\":{\"номер\":\"А1\",\"количество\":2}}");
    assertThat(calls.with()).contains("\"data\":\"А12\"", "проверить-заказ");
  }
}
