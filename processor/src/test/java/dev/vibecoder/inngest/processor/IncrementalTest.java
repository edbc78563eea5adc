package dev.vibecoder.inngest.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import java.io.File;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Gradle does when a file has changed: everything that was generated is deleted, and the
 * processor sees the changed sources together with the class files of all else that is annotated.
 */
class IncrementalTest {
  private static final String IMPORTS =
      "package shop;\nimport dev.vibecoder.inngest.annotation.*;\n";
  private static final String ORDER =
      IMPORTS + "@InngestEvent(\"shop/order.placed\") public record Order(String id, int count) {}";
  private static final String CHECKOUT =
      IMPORTS
          + "@InngestFunction(id = \"checkout\", event = \"shop/order.placed\", flow = Flow.GRAPH)\n"
          + "public class Checkout {\n"
          + "  Checkout(Runnable till) {}\n"
          + "  @Step String charge(Order order) { return order.id(); }\n"
          + "  @Step(retries = 2) String ship(String charge, int count) { return charge; } }";
  private static final String MAIL =
      IMPORTS
          + "@InngestFunction(id = \"mail\", event = \"shop/order.placed\")\n"
          + "public class Mail { @Step void send(@StepKey(\"id\") Order order) {} }";

  private static final String CODE =
      IMPORTS + "import dev.vibecoder.inngest.*;\nimport java.time.*;\nimport java.util.*;\n";
  private static final String PLACED =
      CODE + "@InngestEvent(\"shop/placed\") public record Placed(String id) {}";
  private static final String PAID =
      CODE + "@InngestEvent(\"shop/paid\") public record Paid(String id) {}";
  private static final String SHIPPED =
      CODE + "@InngestEvent(\"shop/shipped\") public record Shipped(String id) {}";
  private static final String FULFIL =
      CODE
          + """
          @InngestFunction(id = "fulfil", event = "shop/placed")
          public class Fulfil {
            @Handler void run(PlacedEvent event, Steps step) {
              step.sleep("nap", Duration.ofDays(1));
              String charged = charge(event.data());
              for (int i = 0; i < charged.length(); i++) {
                help(step, charged);
              }
              step.forEach(List.of("a"), one -> one, one -> step.send("told", Parcel.of(one)));
            }
            private void help(Steps steps, String id) {
              pack(id);
              steps.waitForEvent("money", PaidEvent.TYPE, Wait.atMost(Duration.ofDays(1)));
            }
            @Step void pack(String id) {}
            @Step String charge(Placed placed) { return placed.id(); }
            static class Parcel {
              static List<ShippedEvent> of(String id) {
                return List.of(id).stream().map(Shipped::new).map(ShippedEvent::of).toList();
              }
            }
          }
          """;
  private static final String NOTIFY =
      CODE
          + """
          @InngestFunction(id = "notify", event = "shop/shipped")
          public class Notify {
            @Handler void run(ShippedEvent event, Steps step) {
              mail();
            }
            @Step void mail() {}
          }
          """;
  private static final String TILL =
      CODE + "class Till { void pay() { InngestEvents.sendPaidEvent(new Paid(\"\")); } }";

  /** Told where a function is declared, and silenced there: a class file does not keep that. */
  private static final String NEEDS_SOURCE = "[inngest/event-cycle]";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @Test
  void gradleIsToldThatWhatIsGeneratedDependsOnManyFiles() throws IOException {
    assertThat(
            new String(
                IncrementalTest.class
                    .getResourceAsStream("/META-INF/gradle/incremental.annotation.processors")
                    .readAllBytes(),
                StandardCharsets.UTF_8))
        .isEqualTo("dev.vibecoder.inngest.processor.InngestProcessor,aggregating\n");
  }

  @Test
  void annotationsStayInClassFilesAsAggregatingProcessorsNeed() throws Exception {
    List<? extends Class<?>> types =
        ClassPath.from(IncrementalTest.class.getClassLoader())
            .getTopLevelClasses("dev.vibecoder.inngest.annotation")
            .stream()
            .map(ClassPath.ClassInfo::getName)
            .filter(name -> !name.endsWith("package-info"))
            .map(IncrementalTest::type)
            .filter(Class::isAnnotation)
            .toList();
    assertThat(types)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            type ->
                assertThat(type.getAnnotation(Retention.class).value())
                    .isNotEqualTo(RetentionPolicy.SOURCE));
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came of a build: what was generated, and what was told, with the class it stands in. */
  private record Built(Map<String, String> files, SortedMap<String, String> told) {}

  @Test
  void afterAnyEditTheSameIsGeneratedAsByAFullBuild() throws IOException {
    assertSame(
        List.of(
            Map.of("Order", ORDER, "Checkout", CHECKOUT),
            Map.of("Order", ORDER, "Checkout", CHECKOUT, "Mail", MAIL),
            Map.of(
                "Order",
                ORDER.replace("int count", "int count, String note"),
                "Checkout",
                CHECKOUT,
                "Mail",
                MAIL),
            Map.of(
                "Order",
                ORDER,
                "Checkout",
                CHECKOUT.replace("retries = 2", "retries = 3"),
                "Mail",
                MAIL),
            Map.of("Order", ORDER, "Mail", MAIL.replace("\"id\"", "\"count\""))),
        List.of("", "", "", "", ""));
  }

  @Test
  void whatBodiesSayIsTheSameAsInAFullBuild() throws IOException {
    Map<String, String> base =
        Map.of(
            "Placed", PLACED, "Paid", PAID, "Shipped", SHIPPED, "Fulfil", FULFIL, "Notify", NOTIFY,
            "Till", TILL);
    assertSame(
        List.of(
            base,
            edited(base, "Till", TILL.replace("InngestEvents.sendPaidEvent(new Paid(\"\"));", "")),
            edited(base, "Till", null),
            edited(
                edited(base, "Till", null),
                "Paid",
                PAID.replace("\"shop/paid\"", "value = \"shop/paid\", external = true")),
            edited(base, "Notify", null),
            edited(
                base,
                "Notify",
                NOTIFY.replace(
                    "mail();", "mail(); step.send(PlacedEvent.TYPE, new Placed(\"\"));")),
            edited(
                base,
                "Fulfil",
                FULFIL.replace("step.sleep(\"nap\"", "pack(\"\"); step.sleep(\"nap\"")),
            edited(
                base,
                "Fulfil",
                FULFIL
                    .replace(".map(ShippedEvent::of).toList()", "")
                    .replace("List<ShippedEvent> of", "List<? extends Event<?>> of")
                    .replace("return List.of(id).stream().map(Shipped::new)", "return List.of()"))),
        List.of(
            "",
            "event-never-sent",
            "event-never-sent",
            "",
            "event-unhandled",
            "event-cycle",
            "",
            ""));
  }

  @Test
  void everyWayToNameAnEventIsFoundInAClassFileAsWell() throws IOException {
    String events =
        CODE
            + "public class Events {\n"
            + IntStream.range(0, 26)
                .mapToObj(
                    i ->
                        "@InngestEvent(\"e/"
                            + (char) ('a' + i)
                            + "\") public record "
                            + (char) ('A' + i)
                            + "(String x) {}\n")
                .collect(Collectors.joining())
            + "}";
    String function =
        CODE
            + "import static shop.REvent.of;\n"
            + """
            @InngestFunction(id = "f", event = "e/y")
            public class Many {
              private static final Object KEPT = IEvent.of(new Events.I(""));
              interface Five<T> { Object of(String a, T b, Instant c, com.fasterxml.jackson.databind.JsonNode d, String e); }

              @Handler void run(YEvent y, Steps step, FunctionContext context) throws Exception {
                step.send(AEvent.of(new Events.A("")));
                step.send("b", List.of(new Events.B("")).stream().map(BEvent::of).toList());
                step.send(new CEvent(null, new Events.C(""), null, null, null));
                Five<Events.D> five = DEvent::new;
                step.run("e", () -> { InngestEvents.sendEEvent(new Events.E("")); });
                java.util.function.Function<Events.F, Object> f = InngestEvents::sendFEventAsync;
                step.run("g", () -> { new InngestEventSender(null).sendGEvents(List.of()); });
                step.send(HEvent.TYPE, new Events.H(""));
                Runnable later = () -> step.send(JEvent.TYPE, new Events.J(""));
                EventType<KEvent> k = KEvent.TYPE;
                step.send(k, new Events.K(""));
                step.send(y == null ? LEvent.of(null) : shop.MEvent.of(null));
                new Object() { void x() { step.send(NEvent.TYPE, new Events.N("")); } }.x();
                class Local { Object x = OEvent.of(null); }
                for (int i = 0; i < 1; step.send(PEvent.TYPE, new Events.P("")), i++) {
                  step.waitForEvent("q", QEvent.TYPE, Wait.atMost(Duration.ofDays(1)));
                }
                switch (y.data().x()) { case "x" -> of(new Events.R("")); default -> {} }
                try { Thread.onSpinWait(); } finally { SEvent.of(null); }
                do { step.send(T.x(), new Events.T("")); } while (step.waitForEvent("u", UEvent.TYPE, Wait.atMost(Duration.ofDays(1))).isPresent());
                String named = VEvent.NAME + WEvent.class + (y instanceof YEvent) + int.class + Integer.TYPE;
                XEvent nothing = null;
              }
              static class T { static EventType<TEvent> x() { return TEvent.TYPE; } static void y() { InngestEvents.sendZEvent(null); } }
            }
            """;
    Map<String, String> before = Map.of("Events", events, "Many", function, "Paid", PAID);
    Map<String, String> after =
        edited(before, "Paid", PAID.replace("String id", "String id, int more"));
    Built full = compile(after, List.of(), folder.resolve("full"), "-Ainngest.lint=off");
    assertThat(full.told()).isEmpty();
    Built built = incremental(before, after, "incremental", "-Ainngest.lint=off");
    assertThat(built.told()).isEmpty();
    assertThat(built.files()).isEqualTo(full.files());
    String marker =
        full.files().entrySet().stream()
            .filter(file -> file.getKey().matches(".*/index/Many_\\w+\\.java"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
    assertThat(names(marker, "sends")).isEqualTo("abcdefghijklmnoprsz");
    assertThat(names(marker, "waitsFor")).isEqualTo("qu");
  }

  @Test
  void aFunctionIsNotGoneBecauseOnlyOthersAreCompiled() throws IOException {
    Path out = folder.resolve("parts");
    Path lock = folder.resolve("parts.lock");
    // Without the output on the class path, only its files tell of the other function.
    List<String> options =
        List.of(
            "-parameters", "-Ainngest.lock=" + lock, "-cp", System.getProperty("java.class.path"));
    Map<String, String> all = Map.of("Order", ORDER, "Checkout", CHECKOUT, "Mail", MAIL);
    Map<String, String> part = Map.of("Order", ORDER, "Mail", MAIL);
    assertThat(run(all, List.of(), out, options)).isEmpty();
    String before = Files.readString(lock);

    deleteAllBut(List.of("Checkout"), out);
    assertThat(run(part, List.of(), out, options)).isEmpty();
    assertThat(lock).hasContent(before);

    Files.delete(out.resolve("shop/Checkout.class"));
    assertThat(run(part, List.of(), out, options).keySet())
        .singleElement()
        .asString()
        .startsWith("[inngest/lock-function-removed] The function \"checkout\" is gone");
    assertThat(lock).hasContent(before);
  }

  @Test
  void aHandlerThatIsNotSeenStaysInTheLockAsItIs() throws IOException {
    Path out = folder.resolve("unseen");
    Path lock = folder.resolve("unseen.lock");
    List<String> options = List.of("-parameters", "-Ainngest.lock=" + lock);
    Map<String, String> all =
        Map.of(
            "Placed", PLACED, "Paid", PAID, "Shipped", SHIPPED, "Fulfil", FULFIL, "Notify", NOTIFY,
            "Till", TILL);
    assertThat(run(all, List.of(), out, options)).isEmpty();
    String kept = Files.readString(lock);
    assertThat(kept)
        .contains(
            "    sleep nap: any\n    step charge: text\n    step pack: nothing\n"
                + "    waitForEvent money: any\n");
    // As if an older file were taken back.
    String older = kept.replace("    step charge: text\n", "");
    Files.writeString(lock, older);

    deleteAllBut(List.of("Paid", "Shipped", "Fulfil", "Notify", "Till"), out);
    assertThat(
            run(
                Map.of("Placed", PLACED),
                List.of("shop.Paid", "shop.Shipped", "shop.Fulfil", "shop.Notify"),
                out,
                options))
        .isEmpty();
    assertThat(lock).hasContent(older);

    deleteAllBut(List.of(), out);
    assertThat(run(all, List.of(), out, options)).isEmpty();
    assertThat(lock).hasContent(kept);
  }

  @Test
  void whatTestsDoNotDeclareIsNotGone() throws IOException {
    Path lock = folder.resolve("main.lock");
    List<String> options = List.of("-parameters", "-Ainngest.lock=" + lock);
    Map<String, String> main = Map.of("Order", ORDER, "Checkout", CHECKOUT);
    assertThat(run(main, List.of(), folder.resolve("main"), options)).isEmpty();
    String before = Files.readString(lock);
    for (String tests :
        List.of("target/test-classes", "classes/java/test", "classes/java/integrationTest")) {
      assertThat(
              run(Map.of("Order", ORDER, "Mail", MAIL), List.of(), folder.resolve(tests), options))
          .isEmpty();
      assertThat(lock).hasContent(before);
    }
  }

  /** The last letters of the names in a member of a marker. */
  private static String names(String marker, String member) {
    String list = marker.replaceAll("(?s).*" + member + " = \\{(.*?)}.*", "$1");
    return list.replaceAll("(?s)\\W*e/(\\w)\"\\W*", "$1");
  }

  private static Map<String, String> edited(
      Map<String, String> sources, String type, @Nullable String source) {
    Map<String, String> edited = new TreeMap<>(sources);
    if (source == null) {
      edited.remove(type);
    } else {
      edited.put(type, source);
    }
    return edited;
  }

  /**
   * Goes from each state to each other one.
   *
   * @param codes what a full build tells of each state
   */
  private void assertSame(List<Map<String, String>> states, List<String> codes) throws IOException {
    List<Built> full = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      full.add(compile(states.get(i), List.of(), folder.resolve("full-" + i)));
      assertThat(String.join("", full.get(i).told().keySet()))
          .as("state %d", i)
          .contains(codes.get(i));
      assertThat(full.get(i).told()).as("state %d", i).hasSize(codes.get(i).isEmpty() ? 0 : 1);
    }
    for (int from = 0; from < states.size(); from++) {
      for (int to = 0; to < states.size(); to++) {
        if (from != to) {
          String way = from + "-" + to;
          Map<String, String> before = states.get(from);
          Map<String, String> after = states.get(to);
          Built built = incremental(before, after, way);
          assertThat(built.files()).as("files %s", way).isEqualTo(full.get(to).files());
          SortedMap<String, String> told = new TreeMap<>(full.get(to).told());
          told.entrySet()
              .removeIf(
                  one ->
                      one.getKey().contains(NEEDS_SOURCE)
                          && Objects.equals(before.get(one.getValue()), after.get(one.getValue())));
          assertThat(built.told().keySet()).as("told %s", way).isEqualTo(told.keySet());
        }
      }
    }
  }

  @Test
  void namesThatAClassFileDoesNotTellAreAskedFor() throws IOException {
    Path out = folder.resolve("nameless");
    Map<String, String> sources = Map.of("Order", ORDER, "Checkout", CHECKOUT);
    assertThat(run(sources, List.of(), out, List.of())).isEmpty();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Files.delete(file);
      }
    }
    assertThat(run(Map.of("Order", ORDER), List.of("shop.Checkout"), out, List.of()).keySet())
        .anyMatch(message -> message.contains("parameter java.lang.String arg0"))
        .allMatch(message -> message.contains("compile with -parameters"));
  }

  private Built incremental(
      Map<String, String> before, Map<String, String> after, String name, String... options)
      throws IOException {
    Path out = folder.resolve(name);
    compile(before, List.of(), out, options);
    Map<String, String> changed = new TreeMap<>();
    List<String> kept = new ArrayList<>();
    after.forEach(
        (type, source) -> {
          if (source.equals(before.get(type))) {
            kept.add(type);
          } else {
            changed.put(type, source);
          }
        });
    deleteAllBut(kept, out);
    // Of what has not changed, only annotated classes are given again.
    List<String> classes =
        kept.stream()
            .filter(type -> after.getOrDefault(type, "").contains("@Inngest"))
            .map(type -> "shop." + type)
            .toList();
    return compile(changed, classes, out, options);
  }

  private static void deleteAllBut(List<String> kept, Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file :
          files.sorted(Comparator.reverseOrder()).filter(Files::isRegularFile).toList()) {
        String type = file.getFileName().toString().replaceAll("(\\$.*)?\\.\\w+$", "");
        if (!kept.contains(type)) {
          Files.delete(file);
        }
      }
    }
  }

  private static Built compile(
      Map<String, String> sources, List<String> classes, Path out, String... options)
      throws IOException {
    Path lock = out.resolveSibling(out.getFileName() + ".lock");
    List<String> all =
        new ArrayList<>(
            List.of("-parameters", "-Ainngest.lock=" + lock, "-Ainngest.lock.update=true"));
    all.addAll(List.of(options));
    SortedMap<String, String> told = run(sources, classes, out, all);
    Map<String, String> files = new TreeMap<>();
    files.put("lock", Files.readString(lock));
    try (Stream<Path> written = Files.walk(out)) {
      written
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".class"))
          .forEach(file -> files.put(out.relativize(file).toString(), text(file)));
    }
    return new Built(files, told);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compiles, and gives what the compiler says, each with the class of its file. */
  private static SortedMap<String, String> run(
      Map<String, String> sources, List<String> classes, Path out, List<String> moreOptions)
      throws IOException {
    Path written = Files.createDirectories(out.resolveSibling(out.getFileName() + "-src"));
    Files.createDirectories(out);
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      files.add(Files.writeString(written.resolve(source.getKey() + ".java"), source.getValue()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--release",
                "17",
                "-Xlint:all,-processing",
                "-d",
                out.toString(),
                "-cp",
                out + File.pathSeparator + System.getProperty("java.class.path")));
    options.addAll(moreOptions);
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null, manager, found, options, classes, manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new InngestProcessor()));
      task.call();
    }
    SortedMap<String, String> told = new TreeMap<>();
    for (Diagnostic<? extends JavaFileObject> one : found.getDiagnostics()) {
      JavaFileObject file = one.getSource();
      String type = file == null ? "" : file.getName().replaceAll(".*/|\\.java$", "");
      told.put(one.getMessage(Locale.ROOT), type);
    }
    return told;
  }
}
