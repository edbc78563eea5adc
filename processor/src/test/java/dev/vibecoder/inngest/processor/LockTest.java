package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vibecoder.inngest.processor.internal.diag.ProblemCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs under way rely on is kept in a file, and a change that breaks them is an error. */
class LockTest {
  private static final String IMPORTS =
      "package app;\n"
          + "import com.fasterxml.jackson.annotation.*;\n"
          + "import dev.vibecoder.inngest.*;\n"
          + "import dev.vibecoder.inngest.annotation.*;\n"
          + "import java.math.*; import java.time.*; import java.util.*;\n"
          + "import org.jspecify.annotations.Nullable;\n";
  private static final String DATA =
      IMPORTS + "@InngestEvent(\"a/done\") public record Data(String name) {}";
  private static final String BASE =
      "@Step String one() { return \"\"; }\n"
          + "@Step Bill two() { return null; }\n"
          + "@Step int three() { return 3; }";
  private static final String BILL = "public record Bill(String id, List<Item> items) {}";
  private static final String ITEM =
      "public record Item(String sku, int count, @Nullable Item part) {}";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  /** The codes that are tested here. */
  static Stream<ProblemCode> codes() {
    return Stream.of(
        ProblemCode.LOCK_FILE,
        ProblemCode.LOCK_FUNCTION_REMOVED,
        ProblemCode.LOCK_STEP_REMOVED,
        ProblemCode.LOCK_STEP_RENAMED,
        ProblemCode.LOCK_STEP_ORDER,
        ProblemCode.LOCK_STEP_KEY,
        ProblemCode.LOCK_RESULT);
  }

  private Path lock() {
    return folder.resolve("inngest.lock");
  }

  private Compiled compile(List<String> options, String... sources) {
    return Compiled.of(
        Stream.concat(Stream.of("-Ainngest.lock=" + lock()), options.stream()).toList(), sources);
  }

  private static String[] function(String members, String bill, String item) {
    return new String[] {
      DATA,
      IMPORTS
          + "@InngestFunction(id = \"f\", event = \"a/done\")\npublic class F {\n"
          + members
          + "\n}",
      IMPORTS + bill,
      IMPORTS + item
    };
  }

  private static String[] function(String members) {
    return function(members, BILL, ITEM);
  }

  private void locked(String... sources) {
    assertThat(compile(List.of(), sources).errors()).isEmpty();
  }

  private String text() throws IOException {
    return Files.readString(lock());
  }

  private List<String> errors(String... sources) {
    return compile(List.of(), sources).errors().stream()
        .map(e -> (e.file().isEmpty() ? "" : e.file() + ":" + e.line() + " ") + e.text())
        .toList();
  }

  @Test
  void theFileIsSortedAndReadable() throws IOException {
    locked(function(BASE));
    assertThat(text())
        .isEqualTo(
            """
            # What runs under way rely on: step ids, their order, and the shapes of results.
            # Kept by inngest-processor; commit it. If a change is meant: @Step(formerly = ...),
            # or compile once with -Ainngest.lock.update=true.

            function f
              class app.F
              result integer
              steps in order
                step one: text
                step two: app.Bill
                step three: integer

            type app.Bill
              id: text
              items: [app.Item]

            type app.Item
              count: integer
              part?: app.Item
              sku: text
            """);
    long written = Files.getLastModifiedTime(lock()).toMillis();
    locked(function(BASE));
    assertThat(Files.getLastModifiedTime(lock()).toMillis()).isEqualTo(written);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(lock());
    }
  }

  @Test
  void everyShapeIsReadBackAsItWasWritten() throws IOException {
    String[] sources = {
      DATA,
      IMPORTS
          + """
          @InngestFunction(id = "f", event = "a/done") public class F {
            @Step("with \\"quotes\\" and, commas? Да") Odd<Map<String, byte[]>> a() { return null; }
            @Step Optional<UUID> b(@StepKey Data data) { return null; }
            @Step List<Shape> c() { return null; }
            @Step void d() {}
            @Step E e() { return null; }
          }
          """
              .replace("@StepKey Data data", "Data data"),
      IMPORTS
          + """
          public record Odd<T>(@JsonProperty("a b: c?") T in, Instant at, Duration d, boolean[] flags,
              Object any, Odd<List<T>> more) {
            @JsonAnyGetter public Map<String, Object> rest() { return Map.of(); }
          }
          """,
      IMPORTS + "public enum E { @JsonProperty(\"say \\\"x\\\", \\\\y\") X, Y }",
      IMPORTS
          + "@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = \"the kind\")\n"
          + "public sealed interface Shape permits Round, Square {}",
      IMPORTS + "public record Round(BigDecimal r) implements Shape {}",
      IMPORTS + "public record Square(int a) implements Shape {}",
      "public class InDefaultPackage {}"
    };
    locked(sources);
    String first = text();
    locked(sources);
    assertThat(text()).isEqualTo(first);
    assertThat(first)
        .contains(
            "    step with \"quotes\" and, commas? Да: app.Odd<java.util.Map<java.lang.String,byte[]>>\n",
            "  \"a b: c?\": map(text(bytes))\n",
            "type app.Shape# one of by property \"the kind\"\n  Round: app.Round\n",
            "enum(\"say \\\"x\\\", \\\\y\", \"Y\")");
  }

  @Test
  void newFunctionsAndStepsAreAddedWithoutNoise() throws IOException {
    locked(function(BASE));
    List<String> more =
        new ArrayList<>(
            List.of(
                function(
                    BASE.replace(
                        "@Step int three",
                        "@Step Item four() { return null; }\n@Step int three"))));
    more.add(
        IMPORTS + "@InngestFunction(id = \"e\", event = \"a/done\") class E { @Step void a() {} }");
    Compiled compiled = compile(List.of("-Xlint:all,-processing"), more.toArray(String[]::new));
    assertThat(compiled.errors()).isEmpty();
    assertThat(compiled.warnings()).isEmpty();
    assertThat(text())
        .contains(
            "function e\n  class app.E\n",
            "    step two: app.Bill\n    step four: app.Item\n    step three: integer\n");
  }

  @Test
  void aStepThatIsGoneIsAnErrorUntilItIsAccepted() throws IOException {
    locked(function(BASE));
    String before = text();
    String[] without = function(BASE.replace("@Step Bill two() { return null; }", ""));
    assertThat(errors(without))
        .containsExactly(
            "app/F.java:7 [inngest/lock-step-removed] The step \"two\" of \"f\" is gone"
                + " (inngest.lock:10). Runs under way that have done it go on without its result,"
                + " those that have not never do it. If that is meant, compile once with"
                + " -Ainngest.lock.update=true.");
    assertThat(text()).isEqualTo(before);
    assertThat(compile(List.of("-Ainngest.lock.update=true"), without).errors()).isEmpty();
    assertThat(text()).doesNotContain("step two", "app.Bill");
    locked(without);
  }

  @Test
  void aStepThatWasRenamedSaysWhatItWasCalled() throws IOException {
    locked(function(BASE));
    assertThat(errors(function(BASE.replace("one()", "uno()"))))
        .containsExactly(
            "app/F.java:9 [inngest/lock-step-renamed] The step \"one\" of \"f\" is gone"
                + " (inngest.lock:9), and \"uno\" is new. Runs under way that have done the old one"
                + " do the new one as well. If it is the same step: @Step(formerly = \"one\"). If"
                + " not, compile once with -Ainngest.lock.update=true.");
    locked(function(BASE.replace("@Step String one()", "@Step(formerly = \"one\") String uno()")));
    assertThat(text()).contains("step uno: text").doesNotContain("step one");
  }

  @Test
  void aStepThatMovedIsAnError() {
    locked(function(BASE));
    String moved =
        "@Step Bill two() { return null; }\n@Step String one() { return \"\"; }\n"
            + "@Step int three() { return 3; }";
    assertThat(errors(function(moved)))
        .containsExactly(
            "app/F.java:9 [inngest/lock-step-order] The step \"two\" of \"f\" comes before \"one\""
                + " now, and came after it (inngest.lock:5). Runs under way that have done \"one\""
                + " but not \"two\" do them in another order than all others. If that does no harm,"
                + " compile once with -Ainngest.lock.update=true.");
  }

  @Test
  void aKeyIsPartOfTheId() {
    String keyed = "@Handler void run() { one(\"\"); }\n@Step String one(%sString a) { return a; }";
    locked(function(keyed.formatted("")));
    assertThat(errors(function(keyed.formatted("@StepKey "))))
        .containsExactly(
            "app/F.java:10 [inngest/lock-step-key] The step \"one\" of \"f\" is \"one[key]\" now"
                + " (inngest.lock:9). Runs under way that have done it do it again under its new id."
                + " Give it another id and keep the old one until these runs have ended, or compile"
                + " once with -Ainngest.lock.update=true if doing it again does no harm.");
  }

  private List<String> change(String bill, String item) {
    return errors(function(BASE, bill, item)).stream()
        .map(error -> error.replaceAll("(?s).*\\(inngest.lock:10\\): (.*?)\\. Runs.*", "$1"))
        .toList();
  }

  @Test
  void aResultIsReadAsTheNewType() {
    locked(function(BASE));
    assertThat(change(BILL, ITEM.replace("int count", "String count")))
        .containsExactly("items[].count is text, was integer");
    assertThat(change(BILL, ITEM.replace("int count", "int count, long price")))
        .containsExactly("items[].price is new, and must not be missing");
    assertThat(change(BILL, ITEM.replace("@Nullable Item part", "Item part")))
        .containsExactly("items[].part must not be missing, and could be");
    assertThat(change(BILL.replace("List<Item>", "Map<String, Item>"), ITEM))
        .containsExactly("items is map(app.Item), was [app.Item]");
    assertThat(
            errors(
                function(
                    BASE.replace("@Step int three", "@Step String three")
                        .replace("return 3", "return \"\""))))
        .containsExactly(
            "app/F.java:11 [inngest/lock-result] The result of the step \"three\" of \"f\" has"
                + " changed (inngest.lock:11): it is text, was integer. Runs under way that have"
                + " done it read what they recorded as the new type. Let what is new be missing,"
                + " give the step another id, or compile once with -Ainngest.lock.update=true when"
                + " no such run is under way.");
  }

  @Test
  void theResultOfAFunctionIsReadByThoseThatInvokeIt() {
    locked(function("@Handler String run() { return \"\"; }"));
    assertThat(errors(function("@Handler int run() { return 1; }")))
        .containsExactly(
            "app/F.java:7 [inngest/lock-result] The result of the function \"f\" has changed"
                + " (inngest.lock:5): it is integer, was text. Functions that have invoked it read"
                + " the former result as the new one. Let what is new be missing, or compile once"
                + " with -Ainngest.lock.update=true when no such run is under way.");
  }

  @Test
  void whatCanBeReadIsNoChange() throws IOException {
    locked(function(BASE));
    assertThat(change(BILL, ITEM.replace("int count", "BigDecimal count"))).isEmpty();
    assertThat(change(BILL, ITEM.replace("int count", "double count, @Nullable String name")))
        .isEmpty();
    assertThat(change("public record Bill(String id) {}", ITEM)).isEmpty();
    // The class may be called otherwise.
    assertThat(
            errors(
                function(
                    BASE.replace("Bill two", "Invoice two"),
                    BILL.replace("Bill", "Invoice"),
                    ITEM)))
        .as("what was left out before is new")
        .hasSize(1);
    assertThat(text()).contains("type app.Bill\n  id: text\n\n".strip());
  }

  @Test
  void aFunctionThatIsGoneIsAnError() throws IOException {
    String g =
        IMPORTS + "@InngestFunction(id = \"g\", event = \"a/done\") class G { @Step void a() {} }";
    List<String> both = new ArrayList<>(List.of(function(BASE)));
    both.add(g);
    locked(both.toArray(String[]::new));
    assertThat(errors(function(BASE)))
        .containsExactly(
            "[inngest/lock-function-removed] The function \"g\" is gone (inngest.lock:13). Runs of it"
                + " that are under way can go on nowhere. Keep it until they have ended; if they"
                + " have, compile once with -Ainngest.lock.update=true.");
    both.set(both.size() - 1, g.replace("\"g\"", "\"h\""));
    assertThat(errors(both.toArray(String[]::new)))
        .containsExactly(
            "app/G.java:7 [inngest/lock-function-removed] The function \"g\" is gone"
                + " (inngest.lock:13). Its class now has the id \"h\". Runs of it that are under way"
                + " can go on nowhere. Keep it until they have ended; if they have, compile once"
                + " with -Ainngest.lock.update=true.");
    // The class may be called otherwise, or stand elsewhere.
    both.set(both.size() - 1, g.replace("class G", "class Other"));
    locked(both.toArray(String[]::new));
    assertThat(text()).contains("  class app.Other\n");
  }

  @Test
  void aFunctionThatIsNotCompiledThisTimeStays() throws IOException {
    Path classes = folder.resolve("classes");
    compile(List.of(), function(BASE)).writeTo(classes);
    String before = text();
    Compiled part =
        compile(
            List.of(
                "-implicit:none",
                "-Ainngest.package=app.two",
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path")),
            IMPORTS
                + "@InngestFunction(id = \"g\", event = \"a/done\")\n"
                + "public class G { @Step int a() { return 1; } }");
    assertThat(part.errors()).isEmpty();
    assertThat(text())
        .isEqualTo(
            before.replace(
                "\ntype app.Bill",
                "\nfunction g\n  class app.G\n  result integer\n  steps in order\n"
                    + "    step a: integer\n\ntype app.Bill"));
  }

  @Test
  void theStepsOfAHandlerStandInTheOrderOfItsCode() throws IOException {
    String handler =
        "@Handler void run(Steps step) { step.run(\"zero\", () -> {}); if (true) help(step); two(); }\n"
            + "private void help(Steps s) { three(); s.sleep(\"nap\", Duration.ofDays(1)); }\n"
            + BASE;
    locked(function(handler));
    assertThat(text())
        .contains(
            "    run zero: any\n    step three: integer\n    sleep nap: any\n"
                + "    step two: app.Bill\n    step one: text\n");
    assertThat(errors(function(handler.replace("\"nap\"", "\"rest\""))))
        .singleElement()
        .asString()
        .contains(
            "[inngest/lock-step-renamed] The step \"nap\" of \"f\" is gone (inngest.lock:11), and"
                + " \"rest\" is new.",
            "keep the id that runs know");
  }

  @Test
  void aFileThatIsNotUnderstoodIsNamedWithItsLine() throws IOException {
    locked(function(BASE));
    String good = text();
    Files.writeString(lock(), good.replace("    step two", "<<<<<<< HEAD\n    step two"));
    assertThat(errors(function(BASE)))
        .containsExactly(
            "[inngest/lock-file] Line 10 of the lock is not understood: \"<<<<<<< HEAD\" begins with"
                + " neither function nor type. It is "
                + lock()
                + ". Take the version that was committed last, or write it anew with"
                + " -Ainngest.lock.update=true.");
    for (String wrong :
        List.of("text(what)", "[text", "enum(\"a\"", "nonsense", "map text", "text!")) {
      Files.writeString(lock(), good.replace("one: text", "one: " + wrong));
      assertThat(errors(function(BASE))).singleElement().asString().contains("Line 9 of the lock ");
    }
    assertThat(compile(List.of("-Ainngest.lock.update=true"), function(BASE)).errors()).isEmpty();
    assertThat(text()).isEqualTo(good);
  }

  @Test
  void lineEndsOfWindowsAreUnderstoodAndLeftAlone() throws IOException {
    locked(function(BASE));
    String windows = text().replace("\n", "\r\n");
    Files.writeString(lock(), windows);
    locked(function(BASE));
    assertThat(text()).isEqualTo(windows);
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    Compiled compiled =
        Compiled.of(
            List.of("-Ainngest.lock=" + folder.resolve("none/inngest.lock")), function(BASE));
    assertThat(compiled.errors())
        .singleElement()
        .extracting(Compiled.Message::text)
        .asString()
        .startsWith("[inngest/lock-file] The file ")
        .contains("there is no folder");
  }

  @Test
  void testsAreNotLockedAndNothingIsThatIsWrong() {
    assertThat(compile(List.of("-Ainngest.test=true"), function(BASE)).errors()).isEmpty();
    assertThat(lock()).doesNotExist();
    assertThat(compile(List.of(), function("@Step private void a() {}")).errors()).hasSize(1);
    assertThat(lock()).doesNotExist();
  }
}
