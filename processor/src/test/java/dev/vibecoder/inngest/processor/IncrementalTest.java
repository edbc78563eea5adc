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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
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

  @Test
  void afterAnyEditTheSameIsGeneratedAsByAFullBuild() throws IOException {
    List<Map<String, String>> edits =
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
            Map.of("Order", ORDER, "Mail", MAIL.replace("\"id\"", "\"count\"")));
    for (int from = 0; from < edits.size(); from++) {
      for (int to = 0; to < edits.size(); to++) {
        if (from != to) {
          assertThat(incremental(edits.get(from), edits.get(to), from + "-" + to))
              .as("from state %d to state %d", from, to)
              .isEqualTo(full(edits.get(to), "full-" + from + "-" + to));
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
    assertThat(run(Map.of("Order", ORDER), List.of("shop.Checkout"), out, List.of()))
        .anyMatch(message -> message.contains("parameter java.lang.String arg0"))
        .allMatch(message -> message.contains("compile with -parameters"));
  }

  private Map<String, String> full(Map<String, String> sources, String name) throws IOException {
    return compile(sources, List.of(), folder.resolve(name));
  }

  private Map<String, String> incremental(
      Map<String, String> before, Map<String, String> after, String name) throws IOException {
    Path out = folder.resolve(name);
    compile(before, List.of(), out);
    Map<String, String> changed = new TreeMap<>();
    List<String> kept = new ArrayList<>();
    after.forEach(
        (type, source) -> {
          if (source.equals(before.get(type))) {
            kept.add("shop." + type);
          } else {
            changed.put(type, source);
          }
        });
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file :
          files.sorted(Comparator.reverseOrder()).filter(Files::isRegularFile).toList()) {
        String type = file.getFileName().toString().replaceAll("(\\$.*)?\\.\\w+$", "");
        if (!kept.contains("shop." + type)) {
          Files.delete(file);
        }
      }
    }
    return compile(changed, kept, out);
  }

  /** Compiles, and gives what was generated. */
  private static Map<String, String> compile(
      Map<String, String> sources, List<String> classes, Path out) throws IOException {
    assertThat(run(sources, classes, out, List.of("-parameters"))).isEmpty();
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".class"))
          .collect(
              Collectors.toMap(
                  file -> out.relativize(file).toString(),
                  IncrementalTest::text,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compiles, and gives what the compiler says. */
  private static List<String> run(
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
    List<String> options = new ArrayList<>(moreOptions);
    options.addAll(
        List.of(
            "--release",
            "17",
            "-Xlint:all,-processing",
            "-d",
            out.toString(),
            "-cp",
            out + File.pathSeparator + System.getProperty("java.class.path")));
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null, manager, found, options, classes, manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new InngestProcessor()));
      task.call();
    }
    return found.getDiagnostics().stream().map(one -> one.getMessage(Locale.ROOT)).toList();
  }
}
